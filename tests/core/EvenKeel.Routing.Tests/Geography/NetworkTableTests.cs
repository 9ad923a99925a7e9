using System.Buffers.Binary;
using System.Net;
using EvenKeel.Routing.Geography;

namespace EvenKeel.Routing.Tests.Geography;

public sealed class NetworkTableTests
{
    private readonly NetworkTable _table = new([
        (Of("10.0.0.0"), 96 + 8, 1), (Of("10.1.0.0"), 96 + 16, 2), (Of("10.1.2.3"), 128, 3), (Of("2001:db8::"), 32, 4)]);

    [Theory]
    [InlineData("10.9.9.9", 1)]
    [InlineData("10.1.9.9", 2)]
    [InlineData("10.1.2.3", 3)]
    [InlineData("10.1.2.4", 2)]
    [InlineData("2001:db8:5::1", 4)]
    public void The_longest_prefix_wins(string address, int expected)
    {
        Assert.True(_table.TryFind(Of(address), out int value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("11.0.0.0")]
    [InlineData("2001:db9::")]
    public void An_address_of_no_network_is_not_found_unless_all_are_one(string address)
    {
        Assert.False(_table.TryFind(Of(address), out _));
        Assert.True(new NetworkTable([(0, 0, 9)]).TryFind(Of(address), out int value));
        Assert.Equal(9, value);
    }

    [Fact]
    public void A_prefix_longer_than_an_address_is_an_error() => Assert.Throws<ArgumentOutOfRangeException>(() => new NetworkTable([(0, 129, 1)]));

    [Fact]
    public void A_version_4_address_is_looked_up_as_a_mapped_one() => Assert.Equal(Of("10.1.2.3"), NetworkTable.Mapped(0x0A010203));

    private static UInt128 Of(string text) => BinaryPrimitives.ReadUInt128BigEndian(IPAddress.Parse(text).MapToIPv6().GetAddressBytes());
}
