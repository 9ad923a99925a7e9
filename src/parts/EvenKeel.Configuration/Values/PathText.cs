namespace EvenKeel.Configuration.Values;

/// <summary>
/// The normal form of paths, in which those of routes are written and those of requests are compared: no double slash, no dot segment, and
/// percent-encoded, with capital digits, only what a path cannot hold otherwise.
/// </summary>
public static class PathText
{
    /// <summary>The characters that stand for themselves in the normal form, besides slashes.</summary>
    public const string Plain = "!$&'()*+,-.0123456789:;=@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    /// <summary>What keeps a path from being in normal form, as the end of a sentence, or null.</summary>
    public static string? FindFault(string path)
    {
        if (path.Contains("//", StringComparison.Ordinal))
        {
            return "it has two slashes in a row, which match as one: write one";
        }

        if (path.Split('/').Any(segment => segment.Split(';')[0] is "." or ".."))
        {
            return "it has a '.' or '..' segment; requests with one are refused";
        }

        for (var i = path.IndexOf('%', StringComparison.Ordinal); i >= 0; i = path.IndexOf('%', i + 1))
        {
            if (FaultOfEncoding(path.AsSpan(i)) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? FaultOfEncoding(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2]))
        {
            return "a '%' is followed by two hexadecimal digits: %25 is the sign itself";
        }

        var value = (char)byte.Parse(text[1..3], System.Globalization.NumberStyles.AllowHexSpecifier, null);
        if (value is < ' ' or '\x7f' or '/' or '\\')
        {
            return $"'{text[..3]}' cannot be named by a route: requests with it are refused, or a wildcard stands for it";
        }

        return Plain.Contains(value, StringComparison.Ordinal) && value is not ('{' or '}' or '*') ? $"write '{value}' in place of '{text[..3]}'"
            : char.IsAsciiLetterLower(text[1]) || char.IsAsciiLetterLower(text[2]) ? $"write '{text[..3].ToString().ToUpperInvariant()}' with capital digits"
            : null;
    }
}
