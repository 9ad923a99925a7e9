using System.Net;
using SocketAddress = EvenKeel.Transport.Epoll.SocketAddress;

namespace EvenKeel.Transport.Tests.Epoll;

public sealed class SocketAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:8080", 16)]
    [InlineData("255.255.255.255:65535", 16)]
    [InlineData("[::1]:1", 28)]
    [InlineData("[fe80::1%3]:443", 28)]
    public void An_address_is_read_as_it_was_written(string text, int length)
    {
        IPEndPoint endPoint = IPEndPoint.Parse(text);
        Span<byte> bytes = stackalloc byte[SocketAddress.MaxLength];
        bytes.Fill(0xFF);
        Assert.Equal(length, SocketAddress.Write(endPoint, bytes));
        Assert.Equal(endPoint, SocketAddress.Read(bytes));
    }

    [Fact]
    public void The_layout_is_the_kernel_s()
    {
        Span<byte> bytes = stackalloc byte[SocketAddress.MaxLength];
        SocketAddress.Write(new IPEndPoint(IPAddress.Parse("10.1.2.3"), 0x1234), bytes);
        Assert.Equal([2, 0, 0x12, 0x34, 10, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0], bytes[..16].ToArray());
    }
}
