using EvenKeel.Control.Ejection;

namespace EvenKeel.Control.Tests.Ejection;

public sealed class EjectionShareTests
{
    [Theory]
    [InlineData(1, 50, 1)]
    [InlineData(3, 50, 1)]
    [InlineData(10, 50, 5)]
    [InlineData(10, 0, 1)]
    [InlineData(10, 100, 10)]
    public void A_share_is_rounded_down_but_one_may_always_be_out(int endpoints, int percent, int expected)
        => Assert.Equal(expected, EjectionShare.Limit(endpoints, percent));

    [Theory]
    [InlineData(1, 10, 0, false)]
    [InlineData(0, 10, 0, true)]
    [InlineData(0, 0, 0, false)]
    [InlineData(4, 10, 50, true)]
    [InlineData(5, 10, 50, false)]
    [InlineData(10, 10, 100, false)]
    public void Panic_is_when_fewer_than_the_threshold_are_well(int eligible, int admitted, int percent, bool expected)
        => Assert.Equal(expected, EjectionShare.IsPanic(eligible, admitted, percent));
}
