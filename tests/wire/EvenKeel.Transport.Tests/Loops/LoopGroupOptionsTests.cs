using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Loops;

public sealed class LoopGroupOptionsTests
{
    public static TheoryData<LoopGroupOptions, string> OutOfRange => new()
    {
        { new LoopGroupOptions { Loops = 0 }, nameof(LoopGroupOptions.Loops) },
        { new LoopGroupOptions { Loops = 65 }, nameof(LoopGroupOptions.Loops) },
        { new LoopGroupOptions { ReceiveBuffer = 16 * 1024 - 1 }, nameof(LoopGroupOptions.ReceiveBuffer) },
        { new LoopGroupOptions { ReceiveBuffer = (4 * 1024 * 1024) + 1 }, nameof(LoopGroupOptions.ReceiveBuffer) },
        { new LoopGroupOptions { Headroom = -1 }, nameof(LoopGroupOptions.Headroom) },
        { new LoopGroupOptions { SendBacklog = 0 }, nameof(LoopGroupOptions.SendBacklog) },
        { new LoopGroupOptions { TurnBytes = 0 }, nameof(LoopGroupOptions.TurnBytes) },
    };

    [Fact]
    public void The_defaults_are_valid() => new LoopGroupOptions().Validate();

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void An_option_outside_of_its_range_is_named(LoopGroupOptions options, string name)
        => Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(options.Validate).ParamName);
}
