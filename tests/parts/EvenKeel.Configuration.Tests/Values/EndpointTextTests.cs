using System.Net;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Tests.Values;

public sealed class EndpointTextTests
{
    [Theory]
    [InlineData("8080", "127.0.0.1:8080")]
    [InlineData("0", "127.0.0.1:0")]
    [InlineData("127.0.0.1:8080", "127.0.0.1:8080")]
    [InlineData("0.0.0.0:80", "0.0.0.0:80")]
    [InlineData("localhost:8080", "127.0.0.1:8080")]
    [InlineData("[::1]:8080", "[::1]:8080")]
    [InlineData("[::]:65535", "[::]:65535")]
    public void An_address_with_a_port_or_a_port_alone_can_be_listened_on(string text, string expected)
    {
        Assert.True(EndpointText.TryParse(text, out var value));
        Assert.Equal(IPEndPoint.Parse(expected), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.1:80")]
    [InlineData("2130706433:80")]
    [InlineData("010.0.0.1:80")]
    [InlineData("10.0.0.08:80")]
    [InlineData("10.00.0.1:80")]
    [InlineData("::1:8080")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData("example.org:80")]
    [InlineData("http://127.0.0.1:80")]
    [InlineData(":8080")]
    public void Anything_else_cannot(string text) => Assert.False(EndpointText.TryParse(text, out _));
}
