using System.Text;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Heads;

namespace EvenKeel.Http.Tests.Forwarding;

public sealed class RequestSerializerTests
{
    private const string Added = "X-Forwarded-For: 10.0.0.9\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: a\r\n";

    [Fact]
    public void A_request_is_written_anew_with_who_asked()
        => Assert.Equal(
            $"GET /x?y HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nX-Empty: \r\n{Added}\r\n",
            Forward("\r\nGET /x?y HTTP/1.1\r\nAccept:*/*\r\nX-Empty:\r\nHost:  a \r\n\r\n"));

    [Theory]
    [InlineData("Connection: close")]
    [InlineData("Connection: keep-alive, X-Secret\r\nX-Secret: a")]
    [InlineData("X-SECRET: a\r\nConnection: x-secret")]
    [InlineData("Keep-Alive: timeout=5")]
    [InlineData("Proxy-Connection: keep-alive")]
    [InlineData("TE: gzip")]
    [InlineData("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk")]
    [InlineData("Forwarded: for=1.2.3.4")]
    [InlineData("X-Forwarded-Proto: https")]
    [InlineData("X-Forwarded-Host: evil")]
    [InlineData("X-EvenKeel-Instance: web-9")]
    [InlineData("X-EvenKeel-Error: none")]
    public void What_belongs_to_this_hop_is_dropped(string fields)
        => Assert.Equal($"GET / HTTP/1.1\r\nHost: a\r\n{Added}\r\n", Forward($"GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n"));

    [Theory]
    [InlineData("Connection: Host, Content-Length, Content-Type, Cookie, Authorization, X-Forwarded-For")]
    [InlineData("Connection: expect, cache-control")]
    public void What_forwarding_relies_on_cannot_be_named_away(string connection)
        => Assert.Equal(
            $"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Type: b\r\nCookie: c\r\nAuthorization: d\r\nExpect: 100-continue\r\nCache-Control: e\r\n{Added}\r\n",
            Forward($"POST / HTTP/1.1\r\nHost: a\r\n{connection}\r\nContent-Length: 1\r\nContent-Type: b\r\nCookie: c\r\nAuthorization: d\r\nExpect: 100-continue\r\nCache-Control: e\r\n\r\n"));

    [Fact]
    public void The_addresses_of_earlier_hops_come_before_the_one_that_was_seen()
        => Assert.Contains(
            "X-Forwarded-For: 1.1.1.1, 2.2.2.2, 3.3.3.3, 10.0.0.9\r\n",
            Forward("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.1.1.1, 2.2.2.2\r\nX-Forwarded-For:\r\nx-forwarded-for: 3.3.3.3\r\n\r\n"),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("GET http://b:81/c?d HTTP/1.1\r\nHost: a", "GET /c?d HTTP/1.1\r\nHost: b:81\r\n")]
    [InlineData("GET http://b?d HTTP/1.1\r\nHost: a", "GET /?d HTTP/1.1\r\nHost: b\r\n")]
    [InlineData("OPTIONS http://b HTTP/1.1\r\nHost: a", "OPTIONS * HTTP/1.1\r\nHost: b\r\n")]
    [InlineData("GET / HTTP/1.0", "GET / HTTP/1.1\r\nHost: default\r\n")]
    [InlineData("GET / HTTP/1.0\r\nHost: a", "GET / HTTP/1.1\r\nHost: a\r\n")]
    public void The_target_is_in_origin_form_and_Host_says_for_whom(string input, string expected)
        => Assert.StartsWith(expected, Forward(input + "\r\n\r\n"), StringComparison.Ordinal);

    [Fact]
    public void Chunks_trailers_and_upgrades_are_announced_anew()
    {
        Assert.EndsWith(
            "\r\nTransfer-Encoding: chunked\r\n\r\n",
            Forward("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: CHUNKED\r\n\r\n"),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "\r\nTE: trailers\r\nConnection: TE\r\n\r\n",
            Forward("GET / HTTP/1.1\r\nHost: a\r\nTE: gzip, trailers\r\n\r\n"),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
            Forward("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, upgrade\r\nUpgrade: websocket\r\n\r\n", keepUpgrade: true),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Target_host_and_fields_can_be_replaced_and_the_clients_host_is_still_said()
    {
        var bytes = "GET http://shop?q HTTP/1.1\r\nHost: a\r\nX-OLD: 1\r\nCookie: c\r\nX-Kept: 2\r\n\r\n"u8.ToArray();
        var request = new RequestHead();
        Assert.Equal(HeadStatus.Complete, request.Parse(bytes, HeadLimits.Default));
        var changed = new ForwardedRequest
        {
            ClientAddress = "10.0.0.9"u8,
            Scheme = "http"u8,
            DefaultHost = "default"u8,
            Target = "/v2?q"u8,
            Host = "inner"u8,
            Dropped = new FieldNames(["x-old", "cookie"]),
            ExtraFields = "X-New: 3\r\n"u8,
        };
        var output = new byte[1000];
        Assert.Equal(
            $"GET /v2?q HTTP/1.1\r\nHost: inner\r\nX-Kept: 2\r\nX-New: 3\r\n{Added.Replace(": a", ": shop", StringComparison.Ordinal)}\r\n",
            Encoding.Latin1.GetString(output, 0, RequestSerializer.Write(request, bytes, in changed, output)));
    }

    [Fact]
    public void A_head_that_does_not_fit_is_not_written()
    {
        var bytes = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray();
        var request = new RequestHead();
        request.Parse(bytes, HeadLimits.Default);
        var added = new ForwardedRequest { ClientAddress = "10.0.0.9"u8, Scheme = "http"u8, DefaultHost = "default"u8 };
        var needed = RequestSerializer.Write(request, bytes, in added, new byte[500]);
        Assert.Equal(needed, RequestSerializer.Write(request, bytes, in added, new byte[needed]));
        for (var size = 0; size < needed; size++)
        {
            Assert.Equal(-1, RequestSerializer.Write(request, bytes, in added, new byte[size]));
        }
    }

    internal static string Forward(string input, bool keepUpgrade = false)
    {
        var bytes = Encoding.Latin1.GetBytes(input);
        var request = new RequestHead();
        Assert.Equal(HeadStatus.Complete, request.Parse(bytes, HeadLimits.Default));
        var added = new ForwardedRequest { ClientAddress = "10.0.0.9"u8, Scheme = "http"u8, DefaultHost = "default"u8, KeepUpgrade = keepUpgrade };
        var output = new byte[100_000];
        return Encoding.Latin1.GetString(output, 0, RequestSerializer.Write(request, bytes, in added, output));
    }
}
