using EvenKeel.Proof.Load;

namespace EvenKeel.Proof.Tests.Load;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(4097)]
    [InlineData(1_234_567)]
    [InlineData(987_654_321)]
    [InlineData(3_599_999_999)]
    public void A_percentile_is_within_a_thousandth_of_what_was_recorded(long microseconds)
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMicroseconds(microseconds));
        histogram.Record(TimeSpan.FromHours(1));

        var median = histogram.Percentile(50).TotalMicroseconds;

        Assert.InRange(median, microseconds * 0.999, microseconds * 1.001);
    }

    [Fact]
    public void Percentiles_of_a_thousand_random_durations_agree_with_sorting_them()
    {
        var random = new Random(7);
        var histogram = new LatencyHistogram();
        var durations = Enumerable.Range(0, 1000).Select(_ => Math.Round(Math.Exp(random.NextDouble() * 20))).Order().ToArray();
        Array.ForEach(durations, duration => histogram.Record(TimeSpan.FromMicroseconds(duration)));

        foreach (var percent in new[] { 0.1m, 1, 25, 50, 90, 99, 99.9m })
        {
            var exact = durations[(int)Math.Ceiling(percent / 100 * 1000) - 1];
            Assert.InRange(histogram.Percentile((double)percent).TotalMicroseconds, exact * 0.999, exact * 1.001);
        }
    }

    [Fact]
    public void Percentiles_never_fall_and_never_leave_the_extremes()
    {
        var random = new Random(11);
        var histogram = new LatencyHistogram();
        for (var count = 0; count < 500; count++)
        {
            histogram.Record(TimeSpan.FromMicroseconds(random.Next(1, 50_000_000)));
        }

        var last = histogram.Min;
        for (var percent = 0.0; percent <= 100; percent += 0.1)
        {
            var next = histogram.Percentile(Math.Min(100, percent));
            Assert.True(next >= last, $"p{percent} = {next} after {last}");
            last = next;
        }

        Assert.True(last <= histogram.Max);
        Assert.Equal(histogram.Max, histogram.Percentile(100));
    }

    [Fact]
    public void The_longest_and_the_shortest_are_exact_also_beyond_an_hour()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromMicroseconds(123_457));
        histogram.Record(TimeSpan.FromHours(3));

        Assert.Equal(TimeSpan.FromMicroseconds(123_457), histogram.Min);
        Assert.Equal(TimeSpan.FromHours(3), histogram.Max);
        Assert.Equal(2, histogram.Count);
    }

    [Fact]
    public void Added_histograms_are_as_if_all_was_recorded_in_one()
    {
        var one = new LatencyHistogram();
        var other = new LatencyHistogram();
        var both = new LatencyHistogram();
        for (var ms = 1; ms <= 100; ms++)
        {
            (ms % 3 == 0 ? one : other).Record(TimeSpan.FromMilliseconds(ms));
            both.Record(TimeSpan.FromMilliseconds(ms));
        }

        one.Add(other);

        Assert.Equal(both.Count, one.Count);
        Assert.Equal((both.Min, both.Max, both.Mean), (one.Min, one.Max, one.Mean));
        Assert.Equal(both.Percentile(99), one.Percentile(99));
        Assert.Equal(both.CountAbove(TimeSpan.FromMilliseconds(90)), one.CountAbove(TimeSpan.FromMilliseconds(90)));
    }

    [Fact]
    public void Nothing_recorded_is_zero_everywhere()
    {
        var histogram = new LatencyHistogram();

        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), (histogram.Min, histogram.Max, histogram.Mean, histogram.Percentile(99)));
    }
}
