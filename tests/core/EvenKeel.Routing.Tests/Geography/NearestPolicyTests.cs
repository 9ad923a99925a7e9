using EvenKeel.Routing.Geography;

namespace EvenKeel.Routing.Tests.Geography;

public sealed class NearestPolicyTests
{
    [Fact]
    public void Regions_are_ordered_by_distance()
        => Assert.Equal([1, 0, 2], NearestPolicy.Order(new GeoPoint(48.1, 11.6), [new(39, -77), new(50.1, 8.7), new(35.7, 139.7)]));

    [Theory]
    [InlineData(100, 0)]
    [InlineData(70, 30)]
    [InlineData(0, 100)]
    public void What_the_nearest_cannot_take_goes_to_the_next(int near, int spilled)
    {
        int[] availability = [near, 100, 100];
        int[] counts = new int[3];
        for (uint i = 0; i < 1000; i++)
        {
            counts[NearestPolicy.Choose([0, 1, 2], availability, i * (uint.MaxValue / 1000))]++;
        }

        Assert.InRange(counts[1], (spilled * 10) - 10, (spilled * 10) + 10);
        Assert.Equal(0, counts[2]);
    }

    [Fact]
    public void Regions_behind_those_that_can_take_all_are_not_looked_at()
    {
        // Region 9 has no availability: looking at it would fail.
        Assert.Equal(0, NearestPolicy.Choose([0, 1, 9], [60, 40], 0));
        Assert.Equal(1, NearestPolicy.Choose([0, 1, 9], [60, 40], uint.MaxValue));
        Assert.Throws<IndexOutOfRangeException>(() => NearestPolicy.Choose([0, 1, 9], [60, 30], 0));
    }

    [Fact]
    public void When_all_are_short_each_takes_a_part_and_when_none_is_there_none_is_chosen()
    {
        Assert.Equal(0, NearestPolicy.Choose([0, 1], [10, 30], 0));
        Assert.Equal(1, NearestPolicy.Choose([0, 1], [10, 30], uint.MaxValue));
        Assert.Equal(-1, NearestPolicy.Choose([0, 1], [0, 0], 5));
    }
}
