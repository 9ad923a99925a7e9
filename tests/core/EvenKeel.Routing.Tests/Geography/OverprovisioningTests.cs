using EvenKeel.Routing.Geography;

namespace EvenKeel.Routing.Tests.Geography;

public sealed class OverprovisioningTests
{
    [Theory]
    [InlineData(100, 100, 100)]
    [InlineData(72, 100, 100)]
    [InlineData(71, 100, 99)]
    [InlineData(50, 100, 70)]
    [InlineData(0, 100, 0)]
    [InlineData(0, 0, 0)]
    public void A_group_takes_1_4_times_its_healthy_part(int healthy, int total, int expected)
        => Assert.Equal(expected, Overprovisioning.Availability(healthy, total));

    [Theory]
    [InlineData(100, 33)]
    [InlineData(70, 33)]
    [InlineData(69, 32)]
    [InlineData(50, 26)]
    [InlineData(25, 15)]
    [InlineData(0, 0)]
    public void The_share_of_a_group_with_weight_1_beside_a_whole_one_with_weight_2(int healthy, int percent)
    {
        Span<double> shares = stackalloc double[2];
        Overprovisioning.Shares([1, 2], [Overprovisioning.Availability(healthy, 100), 100], shares);
        Assert.Equal(percent, (int)Math.Round(shares[0] * 100));
        Assert.Equal(1, shares[0] + shares[1], 9);
    }
}
