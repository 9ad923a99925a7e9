using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EvenKeel.Configuration.Values;

/// <summary>Durations as people write them: <c>250ms</c>, <c>5s</c>, <c>2m</c>, <c>1h</c>, <c>1.5s</c>, and joined, largest unit first,
/// <c>1m30s</c>.</summary>
public static partial class DurationText
{
    /// <summary>The form as a regular expression that .NET and ECMAScript read alike.</summary>
    internal const string Pattern = "^(?=[0-9])([0-9]+(\\.[0-9]+)?h)?([0-9]+(\\.[0-9]+)?m)?([0-9]+(\\.[0-9]+)?s)?([0-9]+(\\.[0-9]+)?ms)?$";

    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>Reads a duration. Beyond what a <see cref="TimeSpan"/> holds it gives <see cref="TimeSpan.MaxValue"/>.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="value">The duration.</param>
    /// <param name="suggestion">What was probably meant when the result is false and there is a guess: <c>5s</c> for <c>5</c>.</param>
    public static bool TryParse(string text, out TimeSpan value, out string? suggestion)
    {
        ArgumentNullException.ThrowIfNull(text);
        suggestion = null;
        value = default;
        if (text.EndsWith('\n') || !Form().IsMatch(text))
        {
            suggestion = Guess(text);
            return false;
        }

        decimal ticks = 0;
        foreach (Match part in Part().Matches(text))
        {
            var unit = Units.First(u => u.Unit == part.Groups["unit"].Value).Ticks;
            if (!decimal.TryParse(part.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || number > long.MaxValue / unit)
            {
                value = TimeSpan.MaxValue;
                return true;
            }

            ticks += number * unit;
        }

        value = ticks > long.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromTicks((long)ticks);
        return true;
    }

    /// <summary>Writes a duration so that <see cref="TryParse"/> reads the same one, to the tick below a millisecond:
    /// <c>1m30s</c>.</summary>
    /// <param name="value">The duration, not negative.</param>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            return "0s";
        }

        var text = new StringBuilder();
        var rest = value.Ticks;
        foreach (var (unit, ticks) in Units)
        {
            var isLast = unit == "ms";
            var number = isLast ? rest / (decimal)ticks : rest / ticks;
            if (number > 0)
            {
                text.Append(number.ToString("0.####", CultureInfo.InvariantCulture)).Append(unit);
                rest -= (long)number * ticks;
            }
        }

        return text.ToString();
    }

    /// <summary>A bare number probably means seconds; another spelling of a unit is put right.</summary>
    private static string? Guess(string text)
    {
        var match = Loose().Match(text.Trim());
        if (!match.Success)
        {
            return null;
        }

        var unit = match.Groups["unit"].Value.ToLowerInvariant() switch
        {
            "" or "s" or "sec" or "secs" or "second" or "seconds" => "s",
            "ms" or "msec" or "msecs" or "millisecond" or "milliseconds" => "ms",
            "m" or "min" or "mins" or "minute" or "minutes" => "m",
            "h" or "hr" or "hrs" or "hour" or "hours" => "h",
            _ => null,
        };
        return unit is null ? null : match.Groups["number"].Value + unit;
    }

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("(?<number>[0-9.]+)(?<unit>ms|h|m|s)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex("^(?<number>[0-9]+(?:\\.[0-9]+)?) *(?<unit>[A-Za-z]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Loose();
}
