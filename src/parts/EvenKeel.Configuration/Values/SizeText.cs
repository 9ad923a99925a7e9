using System.Globalization;
using System.Text.RegularExpressions;

namespace EvenKeel.Configuration.Values;

/// <summary>Sizes in bytes as people write them: <c>512B</c>, <c>64KiB</c> (1024), <c>10MB</c> (1000), up to <c>GiB</c> and
/// <c>GB</c>.</summary>
public static partial class SizeText
{
    /// <summary>The form as a regular expression that .NET and ECMAScript read alike.</summary>
    internal const string Pattern = "^[0-9]+(\\.[0-9]+)?(B|KB|KiB|MB|MiB|GB|GiB)$";

    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("GiB", 1L << 30), ("GB", 1_000_000_000), ("MiB", 1L << 20), ("MB", 1_000_000), ("KiB", 1L << 10), ("KB", 1_000), ("B", 1),
    ];

    /// <summary>Reads a size. Beyond <see cref="long.MaxValue"/> it gives that; parts of a byte are dropped.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="value">The size in bytes.</param>
    /// <param name="suggestion">What was probably meant when the result is false and there is a guess: <c>512B</c> for <c>512</c>.</param>
    public static bool TryParse(string text, out long value, out string? suggestion)
    {
        ArgumentNullException.ThrowIfNull(text);
        suggestion = null;
        value = 0;
        var match = Loose().Match(text.Trim());
        if (!match.Success)
        {
            return false;
        }

        if (text.EndsWith('\n') || !Form().IsMatch(text))
        {
            suggestion = match.Groups["unit"].Value.ToUpperInvariant() switch
            {
                "" or "B" or "BYTE" or "BYTES" => match.Groups["number"].Value + "B",
                "K" or "KB" or "KI" or "KIB" => match.Groups["number"].Value + "KiB",
                "M" or "MB" or "MI" or "MIB" => match.Groups["number"].Value + "MiB",
                "G" or "GB" or "GI" or "GIB" => match.Groups["number"].Value + "GiB",
                _ => null,
            };
            return false;
        }

        var bytes = Units.First(u => u.Unit == match.Groups["unit"].Value).Bytes;
        value = decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number <= long.MaxValue / bytes
                ? (long)(number * bytes)
                : long.MaxValue;
        return true;
    }

    /// <summary>Writes a size in the largest binary unit that divides it: <c>32KiB</c>.</summary>
    /// <param name="value">Bytes, not negative.</param>
    public static string Format(long value)
    {
        var (unit, bytes) = Units.First(u =>
            u.Unit is "GiB" or "MiB" or "KiB" or "B" && (u.Bytes == 1 || (value > 0 && value % u.Bytes == 0)));
        return string.Create(CultureInfo.InvariantCulture, $"{value / bytes}{unit}");
    }

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("^(?<number>[0-9]+(?:\\.[0-9]+)?) *(?<unit>[A-Za-z]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Loose();
}
