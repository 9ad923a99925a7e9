namespace EvenKeel.Hosting.Metrics;

/// <summary>The names of OpenTelemetry as Prometheus writes them.</summary>
internal static class MetricNames
{
    /// <summary>The name of a metric: dots become underscores, the unit a suffix, and a counter ends in <c>_total</c>.</summary>
    public static string Of(string name, string? unit, MetricKind kind)
    {
        string suffix = unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", _ => "" };
        string text = Clean(name);
        text = text.EndsWith(suffix, StringComparison.Ordinal) ? text : text + suffix;
        return kind == MetricKind.Counter && !text.EndsWith("_total", StringComparison.Ordinal) ? text + "_total" : text;
    }

    /// <summary>A name of letters, digits and underscores.</summary>
    public static string Clean(string name) => string.Create(name.Length, name, static (to, from) =>
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = char.IsAsciiLetter(from[i]) || (i > 0 && char.IsAsciiDigit(from[i])) ? from[i] : '_';
        }
    });
}
