using EvenKeel.Routing.Balancing;

namespace EvenKeel.Routing.Tests.Balancing;

public sealed class LeastConnectionsPolicyTests
{
    [Theory]
    [InlineData(new[] { 3, 1, 2 }, 1)]
    [InlineData(new[] { 0 }, 0)]
    [InlineData(new[] { 5, 5, 4 }, 2)]
    public void The_one_with_the_fewest_is_chosen_whatever_the_turn(int[] inFlight, int expected)
        => Assert.All(Enumerable.Range(0, 10), turn => Assert.Equal(expected, LeastConnectionsPolicy.Choose(inFlight, (uint)turn)));

    [Fact]
    public void Equals_are_chosen_in_turn()
        => Assert.Equal([1, 2, 4, 1, 2, 4], Enumerable.Range(0, 6).Select(turn => LeastConnectionsPolicy.Choose([7, 2, 2, 9, 2], (uint)turn)));

    [Fact]
    public void Requests_of_equal_length_spread_evenly()
    {
        var inFlight = new int[5];
        for (uint turn = 0; turn < 1000; turn++)
        {
            inFlight[LeastConnectionsPolicy.Choose(inFlight, turn)]++;
        }

        Assert.All(inFlight, count => Assert.Equal(200, count));
    }

    [Fact]
    public void No_candidate_is_an_error()
        => Assert.Throws<ArgumentOutOfRangeException>(() => LeastConnectionsPolicy.Choose([], 1));

    [Fact]
    public void Choosing_allocates_nothing()
    {
        int[] inFlight = [3, 1, 2, 1];
        LeastConnectionsPolicy.Choose(inFlight, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (uint turn = 0; turn < 1000; turn++)
        {
            LeastConnectionsPolicy.Choose(inFlight, turn);
            RoundRobinPolicy.Choose(4, turn);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void With_weights_the_load_for_each_unit_of_weight_is_compared()
    {
        Assert.All(Enumerable.Range(0, 6), turn => Assert.Equal(1, LeastConnectionsPolicy.Choose([2, 3, 2], [1, 2, 1], (uint)turn)));
        int[] inFlight = new int[3];
        for (uint turn = 0; turn < 700; turn++)
        {
            inFlight[LeastConnectionsPolicy.Choose(inFlight, [5, 1, 1], turn)]++;
        }

        Assert.Equal([500, 100, 100], inFlight);
    }

    [Fact]
    public void With_weights_equals_are_chosen_in_turn_too()
        => Assert.Equal([0, 1, 2, 0], Enumerable.Range(0, 4).Select(turn => LeastConnectionsPolicy.Choose([0, 0, 0], [1, 1, 1], (uint)turn)));
}
