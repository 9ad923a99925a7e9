using System.Globalization;
using System.Text.RegularExpressions;

namespace EvenKeel.Proof.Load;

/// <summary>
/// A rule that a load must meet: a metric, a comparison and a limit, such as <c>p99&lt;50ms</c>, <c>errors&lt;0.1%</c> or <c>rate&gt;100</c>.
/// Metrics: <c>p0</c> to <c>p100</c> (also <c>p99.9</c>), <c>min</c>, <c>avg</c>, <c>max</c> of response time, limits in us, ms, s or m;
/// <c>errors</c>, limits in % or as a share; <c>rate</c>, requests per second with an outcome.
/// </summary>
public sealed partial class LoadThreshold
{
    private readonly string _metric;
    private readonly double _percent;
    private readonly string _comparison;
    private readonly double _limit;

    private LoadThreshold(string rule, string metric, double percent, string comparison, double limit)
    {
        Rule = rule;
        _metric = metric;
        _percent = percent;
        _comparison = comparison;
        _limit = limit;
    }

    /// <summary>The rule as it was written.</summary>
    public string Rule { get; }

    /// <summary>Reads a rule.</summary>
    /// <exception cref="FormatException">Not a rule; the message says what one looks like.</exception>
    public static LoadThreshold Parse(string rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var match = Grammar().Match(rule);
        if (!match.Success)
        {
            throw new FormatException($"'{rule}' is not a threshold. Write a metric, a comparison and a limit, for example p99<50ms, errors<0.1%, max<=2s or rate>100.");
        }

        var metric = match.Groups["metric"].Value;
        var percent = metric[0] == 'p' ? double.Parse(metric.AsSpan(1), CultureInfo.InvariantCulture) : 0;
        var number = double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        var unit = match.Groups["unit"].Value;
        if (percent > 100)
        {
            throw new FormatException($"'{rule}': a percentile is at most 100.");
        }

        double? limit = (metric, unit) switch
        {
            ("errors", "%") => number / 100,
            ("errors", "") => number,
            ("rate", "" or "/s") => number,
            ("errors" or "rate", _) => null,
            (_, "us") => number / 1_000_000,
            (_, "ms") => number / 1000,
            (_, "s") => number,
            (_, "m") => number * 60,
            _ => null,
        };
        return new LoadThreshold(rule, metric, percent, match.Groups["op"].Value, limit
            ?? throw new FormatException($"'{rule}': the limit of {metric} needs {(metric is "errors" ? "% or a share such as 0.001" : metric is "rate" ? "no unit or /s" : "a unit: us, ms, s or m")}."));
    }

    /// <summary>Judges a load. A load without one outcome meets no rule, whatever the rule says.</summary>
    /// <param name="measured">What was measured.</param>
    /// <param name="elapsed">How long it took.</param>
    public ThresholdOutcome Judge(LoadMeasurements measured, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(measured);
        if (measured.Sent == 0)
        {
            return new ThresholdOutcome(Rule, false, "no samples");
        }

        var value = _metric switch
        {
            "errors" => measured.ErrorShare,
            "rate" => elapsed > TimeSpan.Zero ? measured.Sent / elapsed.TotalSeconds : 0,
            "min" => measured.Response.Min.TotalSeconds,
            "avg" or "mean" => measured.Response.Mean.TotalSeconds,
            "max" => measured.Response.Max.TotalSeconds,
            _ => measured.Response.Percentile(_percent).TotalSeconds,
        };
        var holds = _comparison switch
        {
            "<" => value < _limit,
            "<=" => value <= _limit,
            ">" => value > _limit,
            _ => value >= _limit,
        };
        var shown = _metric switch
        {
            "errors" => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.###} % ({measured.Failed} of {measured.Sent})"),
            "rate" => string.Create(CultureInfo.InvariantCulture, $"{value:0.#}/s"),
            _ => Quantities.Show(TimeSpan.FromSeconds(value)),
        };
        return new ThresholdOutcome(Rule, holds, shown);
    }

    [GeneratedRegex(@"^\s*(?<metric>p\d{1,3}(\.\d{1,6})?|min|avg|mean|max|errors|rate)\s*(?<op><=|>=|<|>)\s*(?<number>\d{1,15}(\.\d{1,9})?)\s*(?<unit>us|ms|s|m|%|/s)?\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
