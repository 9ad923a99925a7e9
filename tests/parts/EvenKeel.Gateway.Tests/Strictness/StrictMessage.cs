namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>One message as the judge read it.</summary>
/// <param name="StartLine">The first line.</param>
/// <param name="Fields">Names, in lower case, and values in their order.</param>
/// <param name="Body">The content, without its framing.</param>
internal sealed record StrictMessage(string StartLine, IReadOnlyList<(string Name, string Value)> Fields, string Body)
{
    public IEnumerable<string> this[string name] => Fields.Where(field => field.Name == name).Select(field => field.Value);
}
