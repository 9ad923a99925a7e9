using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Nodes;

/// <summary>A single value.</summary>
/// <param name="span">Its place; the first line of a value with several lines.</param>
/// <param name="text">The value, unescaped and with its variables replaced.</param>
/// <param name="isQuoted">True for quoted and block forms, which are text whatever they look like.</param>
/// <param name="rawStart">Offset of its first character in the file.</param>
/// <param name="rawEnd">Offset after its last character in the file.</param>
internal sealed class ConfigScalar(SourceSpan span, string text, bool isQuoted, int rawStart, int rawEnd) : ConfigNode(span)
{
    public string Text { get; } = text;

    public bool IsQuoted { get; } = isQuoted;

    public int RawStart { get; } = rawStart;

    public int RawEnd { get; } = rawEnd;

    /// <summary>The variables that its text was made from. Then it counts as whatever type is wanted, quoted or not.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>The references to services in its text.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>True when a variable in it was already reported, so that nothing more is said about its value.</summary>
    public bool IsBroken { get; init; }

    public ScalarType Type => IsQuoted ? ScalarType.Text : ScalarTypes.Of(Text);

    public override string Kind => Type switch
    {
        ScalarType.Null => "an empty value",
        ScalarType.Boolean => $"the boolean {Text}",
        ScalarType.Number => $"the number {Text}",
        _ => Quote(Text),
    };

    /// <summary>A value as a message shows it: in quotes, one line, shortened.</summary>
    public static string Quote(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? $"'{line}'" : $"'{line[..57]}...'";
    }
}
