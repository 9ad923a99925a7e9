using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Exchanges;

/// <summary>Attempts to make two parsers disagree: the instance must see nothing, or exactly the messages that the gateway saw.</summary>
public sealed class SmugglingTests
{
    [Theory]
    [InlineData("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nX")]
    [InlineData("Transfer-Encoding: xchunked\r\nContent-Length: 1\r\n\r\nX")]
    [InlineData("Transfer-Encoding : chunked\r\nContent-Length: 1\r\n\r\nX")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding:\vchunked\r\nContent-Length: 1\r\n\r\nX")]
    [InlineData("X: a\rTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\nX")]
    [InlineData("X: a\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\nX")]
    [InlineData(" Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\nX")]
    [InlineData("Content-Length: 1\r\nContent-Length: 40\r\n\r\nX")]
    [InlineData("Content-Length: 1, 40\r\n\r\nX")]
    [InlineData("Content-Length: +1\r\n\r\nX")]
    [InlineData("Content-Length: 0x1\r\n\r\nX")]
    [InlineData("Content-Length\0: 1\r\n\r\nX")]
    [InlineData("Host: evil\r\nContent-Length: 1\r\n\r\nX")]
    public async Task An_ambiguous_head_reaches_no_instance(string rest)
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\n" + rest + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
        client.EndSending();
        var all = await Deadline.Within(client.ReadToEndAsync());
        Assert.StartsWith("HTTP/1.1 400 ", all, StringComparison.Ordinal);
        Assert.Equal(1, all.Split("HTTP/1.1 ").Length - 1);
        Assert.Equal(0, origin.Connections);
    }

    [Theory]
    [InlineData("1\nX\r\n0\r\n\r\n")]
    [InlineData("1\r\nXY\r\n0\r\n\r\n")]
    [InlineData("1 \r\nX\r\n0\r\n\r\n")]
    [InlineData("10000000000000001\r\nX\r\n0\r\n\r\n")]
    [InlineData("1;\nX\r\n0\r\n\r\n")]
    [InlineData("0\r\nGET /smuggled HTTP/1.1\r\n\r\n")]
    [InlineData("1\r\nX0\r\n\r\n")]
    public async Task An_ambiguous_chunk_never_completes_a_request_at_an_instance(string chunks)
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
        client.EndSending();
        var all = await Deadline.Within(client.ReadToEndAsync());
        Assert.StartsWith("HTTP/1.1 400 ", all, StringComparison.Ordinal);
        Assert.Equal(1, all.Split("HTTP/1.1 ").Length - 1);
        Assert.Empty(origin.Heads);
    }

    [Theory]
    [InlineData("X-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "Content-Length: 5")]
    [InlineData("Connection: Content-Length\r\nContent-Length: 5\r\n\r\nhello", "Content-Length: 5")]
    [InlineData("Connection: Host, Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"\r\"\r\nhello\r\n0\r\n\r\n", null)]
    [InlineData("Connection: Transfer-Encoding\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "Transfer-Encoding: chunked")]
    public async Task What_is_forwarded_is_exactly_one_message(string rest, string? framing)
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("POST /one HTTP/1.1\r\nHost: a\r\n" + rest + "GET /two HTTP/1.1\r\nHost: a\r\n\r\n");
        client.EndSending();
        await Deadline.Within(client.ReadToEndAsync());
        if (framing is null)
        {
            Assert.Empty(origin.Heads);
            return;
        }

        Assert.Equal(["POST /one HTTP/1.1", "GET /two HTTP/1.1"], origin.Heads.Select(head => head[0]));
        Assert.Contains(framing, origin.Heads.First());
        Assert.Contains("hello", origin.Bodies.First(), StringComparison.Ordinal);
    }
}
