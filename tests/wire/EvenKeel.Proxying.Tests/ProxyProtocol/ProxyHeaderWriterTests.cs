using System.Net;
using System.Text;
using EvenKeel.Proxying.ProxyProtocol;

namespace EvenKeel.Proxying.Tests.ProxyProtocol;

public sealed class ProxyHeaderWriterTests
{
    [Theory]
    [InlineData("192.0.2.1:1", "198.51.100.7:65535", "192.0.2.1:1", "198.51.100.7:65535")]
    [InlineData("[2001:db8::1]:1", "[::1]:2", "[2001:db8::1]:1", "[::1]:2")]
    [InlineData("[::ffff:192.0.2.1]:1", "198.51.100.7:2", "192.0.2.1:1", "198.51.100.7:2")]
    [InlineData("[2001:db8::1]:1", "198.51.100.7:2", "[2001:db8::1]:1", "[::ffff:198.51.100.7]:2")]
    [InlineData("[fe80::1%3]:1", "[fe80::2%3]:2", "[fe80::1]:1", "[fe80::2]:2")]
    public void What_is_written_is_read_again(string source, string destination, string readSource, string readDestination)
    {
        foreach (ProxyVersion version in Enum.GetValues<ProxyVersion>())
        {
            var bytes = new byte[ProxyHeaderWriter.MaxLength];
            int length = ProxyHeaderWriter.Write(version, IPEndPoint.Parse(source), IPEndPoint.Parse(destination), bytes);
            Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeaderParser.Parse(bytes.AsSpan(0, length), out ProxyHeader header));
            Assert.Equal(
                (version, length, readSource, readDestination),
                (header.Version, header.Length, header.Source?.ToString(), header.Destination?.ToString()));
        }
    }

    [Fact]
    public void The_longest_line_fits()
    {
        var address = new IPEndPoint(IPAddress.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), 65535);
        var bytes = new byte[ProxyHeaderWriter.MaxLength];
        int length = ProxyHeaderWriter.Write(ProxyVersion.V1, address, address, bytes);
        Assert.Equal(104, length);
        Assert.StartsWith("PROXY TCP6 ffff:", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_of_the_proxy_itself_is_LOCAL_in_version_2_and_a_valid_line_in_version_1()
    {
        var bytes = new byte[ProxyHeaderWriter.MaxLength];
        var address = IPEndPoint.Parse("127.0.0.1:5");
        int length = ProxyHeaderWriter.WriteLocal(ProxyVersion.V2, address, address, bytes);
        Assert.Equal(ProxyHeaderStatus.Complete, ProxyHeaderParser.Parse(bytes.AsSpan(0, length), out ProxyHeader header));
        Assert.True(header.IsLocal);
        length = ProxyHeaderWriter.WriteLocal(ProxyVersion.V1, address, address, bytes);
        Assert.Equal("PROXY TCP4 127.0.0.1 127.0.0.1 5 5\r\n", Encoding.ASCII.GetString(bytes, 0, length));
    }
}
