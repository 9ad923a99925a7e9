using EvenKeel.Fleet.Ports;

namespace EvenKeel.Fleet.Tests.Ports;

public sealed class PortRangeTests
{
    [Theory]
    [InlineData("32768\t60999\n", 20000, 32767)]
    [InlineData("49152 65535", 20000, 49151)]
    [InlineData("21000 65535", 20000, 20999)]
    [InlineData("20999 65535", 10000, 20998)]
    [InlineData("15000 65535", 10000, 14999)]
    [InlineData("1024 65535", 20000, 32767)]
    [InlineData("nonsense", 20000, 32767)]
    [InlineData("", 20000, 32767)]
    public void Ports_are_chosen_below_the_ephemeral_ones(string setting, int first, int last) =>
        Assert.Equal(new PortRange(first, last), PortRange.FromSetting(setting));
}
