using System.Text;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Heads;

namespace EvenKeel.Http.Tests.Forwarding;

public sealed class ResponseSerializerTests
{
    [Fact]
    public void A_response_is_written_anew_with_who_answered()
        => Assert.Equal(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nA: b\r\nX-EvenKeel-Instance: web-1\r\nSet-Cookie: k=v\r\n\r\n",
            Forward("HTTP/1.0 200 OK\r\nContent-Length:2\r\nA:b\r\n\r\n", BodyFraming.OfLength(2), extra: "Set-Cookie: k=v\r\n"));

    [Theory]
    [InlineData("Connection: close")]
    [InlineData("Connection: X-Hop\r\nX-Hop: a")]
    [InlineData("Keep-Alive: timeout=5")]
    [InlineData("Proxy-Connection: close")]
    [InlineData("Upgrade: h2c")]
    [InlineData("TE: trailers")]
    [InlineData("Trailer: X-Sum")]
    [InlineData("X-EvenKeel-Instance: web-9")]
    [InlineData("X-EvenKeel-Error: forged")]
    public void What_belongs_to_the_hop_behind_is_dropped(string fields)
        => Assert.Equal(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-EvenKeel-Instance: web-1\r\n\r\n",
            Forward($"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n{fields}\r\n\r\n", BodyFraming.OfLength(2)));

    [Fact]
    public void Chunks_and_their_trailers_are_announced_anew()
        => Assert.Equal(
            "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\nX-EvenKeel-Instance: web-1\r\n\r\n",
            Forward("HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\ntransfer-encoding: Chunked\r\n\r\n", BodyFraming.Chunked));

    [Fact]
    public void Fields_can_be_left_out_and_added()
    {
        var bytes = "HTTP/1.1 200 OK\r\nserver: x\r\nContent-Length: 2\r\nX-A: 1\r\n\r\n"u8.ToArray();
        var response = new ResponseHead();
        Assert.Equal(HeadStatus.Complete, response.Parse(bytes, HeadLimits.Default));
        var changed = new ForwardedResponse
        {
            Instance = "web-1"u8,
            Framing = BodyFraming.OfLength(2),
            MoreFields = "Server: y\r\n"u8,
            Dropped = new FieldNames(["Server"]),
        };
        var output = new byte[1000];
        Assert.Equal(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: 1\r\nX-EvenKeel-Instance: web-1\r\nServer: y\r\n\r\n",
            Encoding.Latin1.GetString(output, 0, ResponseSerializer.Write(response, bytes, in changed, output)));
    }

    [Theory]
    [InlineData(204, false)]
    [InlineData(103, false)]
    [InlineData(304, true)]
    [InlineData(200, true)]
    public void A_length_is_kept_where_it_may_be(int status, bool kept)
        => Assert.Equal(
            kept,
            Forward($"HTTP/1.1 {status} X\r\nContent-Length: 5\r\n\r\n", BodyFraming.None).Contains("Content-Length: 5", StringComparison.Ordinal));

    [Fact]
    public void The_fate_of_the_connection_is_said()
    {
        const string Head = "HTTP/1.1 200 OK\r\n\r\n";
        Assert.EndsWith("\r\nConnection: close\r\n\r\n", Forward(Head, BodyFraming.UntilClose, close: true), StringComparison.Ordinal);
        Assert.EndsWith("\r\nConnection: keep-alive\r\n\r\n", Forward(Head, BodyFraming.None, keepAlive: true), StringComparison.Ordinal);
        Assert.EndsWith(
            "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
            Forward("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n", BodyFraming.None, keepUpgrade: true),
            StringComparison.Ordinal);
    }

    private static string Forward(
        string input, BodyFraming framing, bool close = false, bool keepAlive = false, bool keepUpgrade = false, string extra = "")
    {
        var bytes = Encoding.Latin1.GetBytes(input);
        var response = new ResponseHead();
        Assert.Equal(HeadStatus.Complete, response.Parse(bytes, HeadLimits.Default));
        var changed = new ForwardedResponse
        {
            Instance = "web-1"u8,
            ExtraFields = Encoding.Latin1.GetBytes(extra),
            Framing = framing,
            Close = close,
            KeepAlive = keepAlive,
            KeepUpgrade = keepUpgrade,
        };
        var output = new byte[10_000];
        return Encoding.Latin1.GetString(output, 0, ResponseSerializer.Write(response, bytes, in changed, output));
    }
}
