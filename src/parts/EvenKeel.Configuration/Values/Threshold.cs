using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EvenKeel.Configuration.Values;

/// <summary>
/// A rule about a load's result: metric, operator and value. <c>p99&lt;50ms</c>, <c>max&lt;=2s</c>, <c>errors&lt;0.1%</c>,
/// <c>rate&gt;100/s</c>.
/// Metrics: <c>p50 p90 p95 p99 p99.9 max mean</c> with a duration, <c>errors</c> with a percentage, <c>rate</c> with a rate per second.
/// </summary>
public sealed partial record Threshold
{
    /// <summary>The form as a regular expression that .NET and ECMAScript read alike.</summary>
    internal const string Pattern = "^ *(p50|p90|p95|p99|p99\\.9|max|mean|errors|rate) *(<=|>=|<|>) *[0-9]+(\\.[0-9]+)?[0-9a-z%/.]* *$";

    private Threshold()
    {
    }

    /// <summary>The rule as it was written, without outer spaces.</summary>
    public required string Text { get; init; }

    /// <summary>What is judged.</summary>
    public required ThresholdMetric Metric { get; init; }

    /// <summary>The quantile between 0 and 1, such as 0.999 for <c>p99.9</c>; null for other metrics.</summary>
    public double? Quantile { get; init; }

    /// <summary>How it is compared.</summary>
    public required ThresholdOperator Operator { get; init; }

    /// <summary>What it is compared with: seconds, a share from 0 to 1, or requests per second.</summary>
    public required double Value { get; init; }

    /// <summary>Whether the rule holds for a measured value, in the unit of <see cref="Value"/>. False for NaN: no samples hold
    /// nothing.</summary>
    /// <param name="measured">What was measured.</param>
    public bool Holds(double measured) => Operator switch
    {
        ThresholdOperator.Less => measured < Value,
        ThresholdOperator.LessOrEqual => measured <= Value,
        ThresholdOperator.Greater => measured > Value,
        _ => measured >= Value,
    };

    /// <summary>Reads a rule.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="threshold">The rule, or null.</param>
    /// <param name="problem">What is wrong, in a few words, when the result is false.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Threshold? threshold, out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        threshold = null;
        var match = Form().Match(text);
        if (!match.Success)
        {
            problem = "expected '<metric> <operator> <value>' with an operator of <, <=, > or >=";
            return false;
        }

        var (metric, quantile) = ReadMetric(match.Groups["metric"].Value);
        if (metric is null)
        {
            problem = $"'{match.Groups["metric"].Value}' is no metric: use p50, p90, p95, p99, p99.9, max, mean, errors or rate";
            return false;
        }

        if (!TryReadValue(metric.Value, match.Groups["value"].Value, out var value, out problem))
        {
            return false;
        }

        threshold = new Threshold
        {
            Text = text.Trim(),
            Metric = metric.Value,
            Quantile = quantile,
            Operator = match.Groups["operator"].Value switch
            {
                "<" => ThresholdOperator.Less,
                "<=" => ThresholdOperator.LessOrEqual,
                ">" => ThresholdOperator.Greater,
                _ => ThresholdOperator.GreaterOrEqual,
            },
            Value = value,
        };
        return true;
    }

    private static (ThresholdMetric? Metric, double? Quantile) ReadMetric(string name) => name switch
    {
        "p50" => (ThresholdMetric.Quantile, 0.5),
        "p90" => (ThresholdMetric.Quantile, 0.9),
        "p95" => (ThresholdMetric.Quantile, 0.95),
        "p99" => (ThresholdMetric.Quantile, 0.99),
        "p99.9" => (ThresholdMetric.Quantile, 0.999),
        "max" => (ThresholdMetric.Max, null),
        "mean" => (ThresholdMetric.Mean, null),
        "errors" => (ThresholdMetric.Errors, null),
        "rate" => (ThresholdMetric.Rate, null),
        _ => (null, null),
    };

    private static bool TryReadValue(ThresholdMetric metric, string text, out double value, out string? problem)
    {
        switch (metric)
        {
            case ThresholdMetric.Errors:
                problem = "errors are compared with a percentage from 0% to 100%, such as 0.1%";
                value = 0;
                if (!text.EndsWith('%')
                    || !double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
                        || percent > 100)
                {
                    return false;
                }

                value = percent / 100;
                break;
            case ThresholdMetric.Rate:
                problem = "a rate is compared with a number per second, such as 100 or 100/s";
                if (!RateText.TryParse(text, out value, out _))
                {
                    return false;
                }

                break;
            default:
                value = 0;
                problem = "a time is compared with a duration, such as 50ms";
                if (!DurationText.TryParse(text, out var duration, out var suggestion))
                {
                    problem = suggestion is null ? problem : $"{problem}: did you mean {suggestion}?";
                    return false;
                }

                value = duration.TotalSeconds;
                break;
        }

        problem = null;
        return true;
    }

    [GeneratedRegex(@"\A *(?<metric>[A-Za-z][A-Za-z0-9.]*) *(?<operator><=|>=|<|>) *(?<value>[0-9][^ ]*) *\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
