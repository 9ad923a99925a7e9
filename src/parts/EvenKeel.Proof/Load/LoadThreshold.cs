using System.Globalization;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Proof.Load;

/// <summary>A rule of the file, judged by what a load has measured. Times are response times, from the intended start.</summary>
public sealed class LoadThreshold
{
    private readonly Threshold _rule;

    private LoadThreshold(Threshold rule) => _rule = rule;

    /// <summary>Reads a rule.</summary>
    /// <exception cref="FormatException">Not a rule; the message says what one looks like.</exception>
    public static LoadThreshold Parse(string rule) => Threshold.TryParse(rule, out var parsed, out var problem)
        ? new LoadThreshold(parsed!)
        : throw new FormatException($"'{rule}' is not a threshold: {problem}.");

    /// <summary>Judges a load. A load without one outcome meets no rule, whatever the rule says; one in
    /// which every request failed meets none about times and rates, as refusals are fast.</summary>
    /// <param name="measured">What was measured.</param>
    /// <param name="elapsed">How long it took.</param>
    public ThresholdOutcome Judge(LoadMeasurements measured, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(measured);
        if (measured.Sent == 0)
        {
            return new ThresholdOutcome(_rule.Text, false, "no samples");
        }

        if (measured.Failed == measured.Sent && _rule.Metric != ThresholdMetric.Errors)
        {
            return new ThresholdOutcome(_rule.Text, false, "no samples: every request failed");
        }

        var value = _rule.Metric switch
        {
            ThresholdMetric.Errors => measured.ErrorShare,
            ThresholdMetric.Rate => elapsed > TimeSpan.Zero ? measured.Sent / elapsed.TotalSeconds : 0,
            ThresholdMetric.Max => measured.Response.Max.TotalSeconds,
            ThresholdMetric.Mean => measured.Response.Mean.TotalSeconds,
            _ => measured.Response.Percentile(_rule.Quantile!.Value * 100).TotalSeconds,
        };
        var shown = _rule.Metric switch
        {
            ThresholdMetric.Errors => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.###} % ({measured.Failed} of {measured.Sent})"),
            ThresholdMetric.Rate => string.Create(CultureInfo.InvariantCulture, $"{value:0.#}/s"),
            _ => Quantities.Show(TimeSpan.FromSeconds(value)),
        };
        return new ThresholdOutcome(_rule.Text, _rule.Holds(value), shown);
    }
}
