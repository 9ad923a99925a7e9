using System.Globalization;

namespace EvenKeel.Fleet.Events;

/// <summary>Writes durations with a unit that fits.</summary>
internal static class Durations
{
    /// <summary>As <c>230 ms</c>, <c>1.2 s</c>, <c>75 s</c>.</summary>
    public static string Show(TimeSpan time) => time.TotalSeconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s"),
    };
}
