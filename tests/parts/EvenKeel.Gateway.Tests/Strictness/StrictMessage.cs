namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>One message as the judge read it.</summary>
/// <param name="StartLine">The first line.</param>
/// <param name="Fields">Names, in lower case, and values in their order.</param>
/// <param name="Body">The content, without its framing.</param>
internal sealed record StrictMessage(string StartLine, IReadOnlyList<(string Name, string Value)> Fields, string Body)
{
    /// <summary>The trailers, in lower case names, such as <c>x-sum=1,x-two=2</c>.</summary>
    public string TrailerText { get; init; } = "";

    public IEnumerable<string> this[string name] => Fields.Where(field => field.Name == name).Select(field => field.Value);
}
