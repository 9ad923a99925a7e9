using System.Globalization;
using System.Text.RegularExpressions;

namespace EvenKeel.Telemetry.Tests.Exposition;

/// <summary>
/// Reads the text format as strictly as its description: each metric described once and before its series, series not mixed with other metrics,
/// no series twice, counters named <c>_total</c> and never negative, buckets that grow and end in a +Inf that is the count.
/// </summary>
internal static partial class ScrapeParser
{
    /// <summary>The series by their text, such as <c>up{job="a"}</c>.</summary>
    /// <exception cref="FormatException">Says which line breaks which rule.</exception>
    public static Dictionary<string, double> Parse(string text)
    {
        var series = new Dictionary<string, double>(StringComparer.Ordinal);
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        string? helped = null, current = null;
        if (!text.EndsWith('\n') || text.Contains('\r', StringComparison.Ordinal))
        {
            throw new FormatException("lines end with a line feed, the last one too");
        }

        foreach (var line in text[..^1].Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help)
            {
                helped = help.Groups["name"].Value;
            }
            else if (Type().Match(line) is { Success: true } type)
            {
                current = type.Groups["name"].Value;
                Require(current == helped, line, "a TYPE follows the HELP of its metric");
                Require(types.TryAdd(current, type.Groups["type"].Value), line, "a metric is described once");
                Require(type.Groups["type"].Value == "counter" == current.EndsWith("_total", StringComparison.Ordinal), line, "counters end in _total");
            }
            else
            {
                var sample = Sample().Match(line);
                Require(sample.Success, line, "a line is a comment or a sample");
                var name = sample.Groups["name"].Value;
                var isHistogram = types.GetValueOrDefault(current ?? "") == "histogram";
                Require(isHistogram ? name == current + "_bucket" || name == current + "_sum" || name == current + "_count" : name == current, line,
                    "a sample belongs to the metric above it");
                var labels = sample.Groups["label"].Captures.Select(label => label.Value).ToList();
                Require(labels.Distinct().Count() == labels.Count, line, "a label occurs once");
                var value = sample.Groups["value"].Value == "+Inf" ? double.PositiveInfinity
                    : double.Parse(sample.Groups["value"].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
                Require(types[current!] == "gauge" || value >= 0, line, "what only grows is not negative");
                Require(series.TryAdd(sample.Groups["series"].Value, value), line, "a series occurs once");
            }
        }

        foreach (var name in types.Where(type => type.Value == "histogram").Select(type => type.Key))
        {
            CheckBuckets(name, series);
        }

        return series;
    }

    private static void CheckBuckets(string name, Dictionary<string, double> series)
    {
        var buckets = series.Where(one => one.Key.StartsWith(name + "_bucket{", StringComparison.Ordinal))
            .GroupBy(one => Bound().Replace(one.Key[(name.Length + 7)..], ""));
        foreach (var bucket in buckets)
        {
            var counts = bucket.Select(one => one.Value).ToList();
            var labels = bucket.Key == "{}" ? "" : bucket.Key;
            Require(counts.Order().SequenceEqual(counts), name + labels, "buckets grow");
            Require(bucket.Last().Key.Contains("le=\"+Inf\"", StringComparison.Ordinal), name + labels, "the last bucket is +Inf");
            Require(series.TryGetValue(name + "_count" + labels, out var count) && count == counts[^1], name + labels, "the count is the last bucket");
            Require(series.ContainsKey(name + "_sum" + labels), name + labels, "there is a sum");
        }
    }

    private static void Require(bool holds, string line, string rule)
    {
        if (!holds)
        {
            throw new FormatException($"{rule}: {line}");
        }
    }

    [GeneratedRegex(@"\A# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?:[^\\\n]|\\\\|\\n)+\z")]
    private static partial Regex Help();

    [GeneratedRegex(@"\A# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>counter|gauge|histogram)\z")]
    private static partial Regex Type();

    [GeneratedRegex("""
        \A(?<series>(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?:(?<label>[a-zA-Z_][a-zA-Z0-9_]*)="(?:[^"\\\n]|\\["\\n])+",?)+(?<!,)\})?) (?<value>\+Inf|-?[0-9.]+(?:E[+-]?[0-9]+)?)\z
        """)]
    private static partial Regex Sample();

    [GeneratedRegex(",?le=\"[^\"]*\"")]
    private static partial Regex Bound();
}
