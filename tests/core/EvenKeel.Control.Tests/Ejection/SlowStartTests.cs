using EvenKeel.Control.Ejection;

namespace EvenKeel.Control.Tests.Ejection;

public sealed class SlowStartTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(5, 55)]
    [InlineData(9.99, 99)]
    [InlineData(10, 100)]
    [InlineData(1000, 100)]
    [InlineData(-1, 10)]
    public void The_weight_grows_evenly_from_a_tenth_to_the_whole(double since, int expected)
        => Assert.Equal(expected, SlowStart.WeightAt(TimeSpan.FromSeconds(since), TimeSpan.FromSeconds(10)));

    [Fact]
    public void Without_a_length_there_is_no_warm_up() => Assert.Equal(100, SlowStart.WeightAt(TimeSpan.Zero, TimeSpan.Zero));
}
