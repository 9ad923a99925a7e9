using EvenKeel.Proof.Report.Series;

namespace EvenKeel.Proof.Tests.Report;

public sealed class SeriesTests
{
    [Fact]
    public void Percentiles_are_values_that_were_measured_and_never_exceed_the_largest()
    {
        var times = new Percentiles(Enumerable.Range(1, 1000).Reverse().Select(static i => TimeSpan.FromMilliseconds(i)));

        Assert.Equal([500, 990, 999, 1000], new[] { 0.5, 0.99, 0.999, 1 }.Select(part => times.At(part).TotalMilliseconds));
        Assert.Equal(1000, times.Max.TotalMilliseconds);
        Assert.Equal(TimeSpan.Zero, new Percentiles([]).At(0.99));
        Assert.Equal(7, new Percentiles([TimeSpan.FromMilliseconds(7)]).At(0.01).TotalMilliseconds);
    }

    [Theory]
    [InlineData(0, 50, 1)]
    [InlineData(3, 50, 60)]
    [InlineData(60, 200, 300)]
    [InlineData(600, 2000, 300)]
    [InlineData(36000, 5000, 7200)]
    public void Bins_are_a_three_hundredth_of_the_run_within_bounds(double seconds, double width, int count)
    {
        var bins = new TimeBins(TimeSpan.FromSeconds(seconds));

        Assert.Equal((width, count), (bins.Width.TotalMilliseconds, bins.Count));
        Assert.Equal(0, bins.Of(TimeSpan.FromSeconds(-1)));
        Assert.Equal(count - 1, bins.Of(TimeSpan.FromSeconds(seconds)));
    }
}
