using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Tests.Values;

public sealed class ThresholdTests
{
    [Theory]
    [InlineData("p50<5ms", ThresholdMetric.Quantile, 0.5, ThresholdOperator.Less, 0.005)]
    [InlineData("p90<5ms", ThresholdMetric.Quantile, 0.9, ThresholdOperator.Less, 0.005)]
    [InlineData("p95 <= 1s", ThresholdMetric.Quantile, 0.95, ThresholdOperator.LessOrEqual, 1)]
    [InlineData("p99<50ms", ThresholdMetric.Quantile, 0.99, ThresholdOperator.Less, 0.05)]
    [InlineData("p99.9 < 1m30s", ThresholdMetric.Quantile, 0.999, ThresholdOperator.Less, 90)]
    [InlineData("max<=2s", ThresholdMetric.Max, null, ThresholdOperator.LessOrEqual, 2)]
    [InlineData("mean>1ms", ThresholdMetric.Mean, null, ThresholdOperator.Greater, 0.001)]
    [InlineData("errors<0.1%", ThresholdMetric.Errors, null, ThresholdOperator.Less, 0.001)]
    [InlineData("errors<=0%", ThresholdMetric.Errors, null, ThresholdOperator.LessOrEqual, 0)]
    [InlineData("rate>100", ThresholdMetric.Rate, null, ThresholdOperator.Greater, 100)]
    [InlineData(" rate>=99.5/s ", ThresholdMetric.Rate, null, ThresholdOperator.GreaterOrEqual, 99.5)]
    public void A_rule_is_a_metric_an_operator_and_a_value(string text, ThresholdMetric metric, double? quantile,
        ThresholdOperator comparison, double value)
    {
        Assert.True(Threshold.TryParse(text, out var threshold, out _));
        Assert.Equal(text.Trim(), threshold.Text);
        Assert.Equal(metric, threshold.Metric);
        Assert.Equal(quantile, threshold.Quantile);
        Assert.Equal(comparison, threshold.Operator);
        Assert.Equal(value, threshold.Value, 1e-12);
    }

    [Theory]
    [InlineData("p98<5ms", "p98")]
    [InlineData("p99<50", "did you mean 50s")]
    [InlineData("errors<0.1", "percentage")]
    [InlineData("errors<101%", "percentage")]
    [InlineData("rate>5ms", "per second")]
    [InlineData("p99=5ms", "operator")]
    [InlineData("p99<", "operator")]
    [InlineData("", "operator")]
    [InlineData("p99<5ms p50<1ms", "operator")]
    public void Anything_else_is_refused_with_its_reason(string text, string reason)
    {
        Assert.False(Threshold.TryParse(text, out var threshold, out var problem));
        Assert.Null(threshold);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rate<10", 9.9, true)]
    [InlineData("rate<10", 10, false)]
    [InlineData("rate<=10", 10, true)]
    [InlineData("rate<=10", 10.1, false)]
    [InlineData("rate>10", 10, false)]
    [InlineData("rate>10", 10.1, true)]
    [InlineData("rate>=10", 10, true)]
    [InlineData("rate>=10", 9.9, false)]
    [InlineData("rate>=10", double.NaN, false)]
    [InlineData("rate<10", double.NaN, false)]
    public void A_rule_holds_or_not_and_never_without_samples(string text, double measured, bool holds)
    {
        Assert.True(Threshold.TryParse(text, out var threshold, out _));
        Assert.Equal(holds, threshold.Holds(measured));
    }
}
