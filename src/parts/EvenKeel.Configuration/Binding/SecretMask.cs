using System.Text.RegularExpressions;

namespace EvenKeel.Configuration.Binding;

/// <summary>Hides what looks like a secret in values that are shown: by the name of its key, and passwords inside addresses.</summary>
internal static partial class SecretMask
{
    private const string Mask = "***";

    /// <summary>The value as it may be shown.</summary>
    /// <param name="path">The path of the value.</param>
    /// <param name="value">The value.</param>
    public static string Apply(string path, string value) =>
        value.Length > 0 && SecretName().IsMatch(path[(path.LastIndexOf('.') + 1)..])
            ? Mask
            : Password().Replace(value, match => match.Groups["before"].Value + Mask + (match.Value.EndsWith('@') ? "@" : ""));

    /// <summary>A line of a file as errors may show it: where the secret of the gateway stands, stars do.</summary>
    public static string ApplyToLine(string line) => AffinitySecret().Replace(line, match => Stars(match.Length));

    /// <summary>A line of a file without the characters of a span, which counts from 1.</summary>
    public static string ApplyToSpan(string line, int column, int length)
    {
        var start = Math.Min(column - 1, line.Length);
        var end = Math.Min(start + length, line.Length);
        return line[..start] + Stars(end - start) + line[end..];
    }

    private static string Stars(int length) => new('*', length);

    [GeneratedRegex("""(?<=affinitySecret["']?\s*:\s*)("[^"]*"?|'[^']*'?|[\[{][^\]}]*|[^\s"',}\]][^\s,}\]]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex AffinitySecret();

    [GeneratedRegex("password|passwd|secret|token|apikey|api_key|api-key|credential|private_key|authorization",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex(
        @"(?<before>[A-Za-z][A-Za-z0-9+.-]*://[^:@/\s]*:)[^@/\s]+@|(?<before>(?:password|pwd)=)[^;]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Password();
}
