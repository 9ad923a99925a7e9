using EvenKeel.Routing.Balancing;

namespace EvenKeel.Routing.Tests.Balancing;

public sealed class RoundRobinPolicyTests
{
    [Fact]
    public void Candidates_are_chosen_in_turn()
        => Assert.Equal([0, 1, 2, 0, 1, 2, 0], Enumerable.Range(0, 7).Select(turn => RoundRobinPolicy.Choose(3, (uint)turn)));

    [Fact]
    public void A_turn_that_wraps_around_stays_in_range()
        => Assert.InRange(RoundRobinPolicy.Choose(7, uint.MaxValue), 0, 6);

    [Fact]
    public void No_candidate_is_an_error()
        => Assert.Throws<ArgumentOutOfRangeException>(() => RoundRobinPolicy.Choose(0, 1));
}
