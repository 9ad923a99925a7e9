using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Loops;

public sealed class DescriptorReserveTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(200, 50)]
    [InlineData(256, 64)]
    [InlineData(1_024, 128)]
    [InlineData(1_000_000, 512)]
    [InlineData(long.MaxValue, 512)]
    public void An_eighth_is_kept_within_bounds(long limit, long kept) => Assert.Equal(kept, DescriptorReserve.KeptOf(limit));

    [Fact]
    public void Accepting_ends_before_connecting_to_instances_does()
    {
        var reserve = new DescriptorReserve(1_024);

        Assert.False(reserve.EndsAccepting(894));
        Assert.True(reserve.EndsAccepting(895));
        Assert.False(reserve.IsTooHigh(959));
        Assert.True(reserve.IsTooHigh(960));
        Assert.Contains("896", reserve.Reason, StringComparison.Ordinal);
    }
}
