using System.Text;
using EvenKeel.Proxying.ProxyProtocol;

namespace EvenKeel.Proxying.Tests.ProxyProtocol;

public sealed class ProxyHeaderV1Tests
{
    [Theory]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.7 12345 443\r\n", "192.0.2.1:12345", "198.51.100.7:443")]
    [InlineData("PROXY TCP4 0.0.0.0 255.255.255.255 0 65535\r\n", "0.0.0.0:0", "255.255.255.255:65535")]
    [InlineData("PROXY TCP6 2001:db8::1 ::1 1 2\r\n", "[2001:db8::1]:1", "[::1]:2")]
    [InlineData("PROXY TCP6 ::ffff:192.0.2.1 2001:DB8:0:0:0:0:0:2 1 2\r\n", "[::ffff:192.0.2.1]:1", "[2001:db8::2]:2")]
    [InlineData("PROXY UNKNOWN\r\n", null, null)]
    [InlineData("PROXY UNKNOWN ffff:: what ever 99999 0\r\n", null, null)]
    public void A_line_gives_the_addresses(string line, string? source, string? destination)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(line + "\r\nPROXY");
        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeaderParser.Parse(bytes, out ProxyHeader header));
        Assert.Equal((source, destination), (header.Source?.ToString(), header.Destination?.ToString()));
        Assert.Equal((ProxyVersion.V1, line.Length, false), (header.Version, header.Length, header.IsLocal));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("proxy TCP4 1.2.3.4 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY  TCP4 1.2.3.4 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP5 1.2.3.4 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY UNKNOWNS\r\n")]
    [InlineData("PROXY \r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 \r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n")]
    [InlineData("PROXY TCP4 01.2.3.4 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1 65536\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1 -2\r\n")]
    [InlineData("PROXY TCP4 1.2.3 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4.5 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.256 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP4 0x1.2.3.4 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP4 ::1 ::1 1 2\r\n")]
    [InlineData("PROXY TCP6 1.2.3.4 1.2.3.4 1 2\r\n")]
    [InlineData("PROXY TCP6 [::1] ::1 1 2\r\n")]
    [InlineData("PROXY TCP6 fe80::1%1 ::1 1 2\r\n")]
    [InlineData("PROXY TCP6 1::2::3 ::1 1 2\r\n")]
    [InlineData("PROXY TCP6 12345::1 ::1 1 2\r\n")]
    [InlineData("PROXY TCP6 ::01.2.3.4 ::1 1 2\r\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n")]
    [InlineData("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\rX")]
    [InlineData("PROXY UNKNOWN a\nb\r\n")]
    [InlineData("PROXY UNKNOWN a\rb\r\n")]
    public void Anything_else_is_invalid(string line)
        => Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeaderParser.Parse(Encoding.Latin1.GetBytes(line), out _));

    [Theory]
    [InlineData(107, ProxyHeaderStatus.Complete)]
    [InlineData(108, ProxyHeaderStatus.Invalid)]
    public void A_line_has_at_most_107_bytes(int length, ProxyHeaderStatus expected)
    {
        byte[] line = Encoding.ASCII.GetBytes("PROXY UNKNOWN ".PadRight(length - 2, 'x') + "\r\n");
        Assert.Equal(expected, ProxyHeaderParser.Parse(line, out _));
        Assert.Equal(ProxyHeaderStatus.Incomplete, ProxyHeaderParser.Parse(line.AsSpan(0, 106), out _));
    }

    [Fact]
    public void Every_beginning_of_a_line_is_incomplete_and_no_other_is()
    {
        byte[] line = "PROXY TCP6 2001:db8::1 ::1 12345 443\r\n"u8.ToArray();
        for (int length = 0; length < line.Length; length++)
        {
            Assert.Equal(ProxyHeaderStatus.Incomplete, ProxyHeaderParser.Parse(line.AsSpan(0, length), out _));
        }

        Assert.Equal(ProxyHeaderStatus.Invalid, ProxyHeaderParser.Parse("G"u8, out _));
    }
}
