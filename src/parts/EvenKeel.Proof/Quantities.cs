using System.Globalization;

namespace EvenKeel.Proof;

/// <summary>How durations and counts are written on screens: three significant digits and a unit that fits.</summary>
internal static class Quantities
{
    public static string Show(TimeSpan duration)
    {
        var seconds = duration.TotalSeconds;
        return Math.Abs(seconds) switch
        {
            0 => "0 s",
            < 0.000_9995 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:0} us"),
            < 0.9995 => $"{Digits(seconds * 1000)} ms",
            < 600 => $"{Digits(seconds)} s",
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds} s"),
        };
    }

    /// <summary>A count with spaces between thousands.</summary>
    public static string Show(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    /// <summary>A noun with its count: <c>1 operation</c>, <c>2 operations</c>.</summary>
    public static string Show(long count, string noun) => $"{Show(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Digits(double value) => Math.Abs(value) switch
    {
        < 10 => value.ToString("0.0#", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0", CultureInfo.InvariantCulture),
    };
}
