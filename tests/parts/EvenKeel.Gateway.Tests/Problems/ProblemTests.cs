using System.Text.Json;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Problems;

public sealed class ProblemTests
{
    [Fact]
    public async Task A_problem_says_in_JSON_what_failed_where_and_by_whom()
    {
        await using var gateway = new TestGateway();
        gateway.Add(TestEndpoints.Refusing());
        var reply = await gateway.GetAsync();
        Assert.Equal(502, reply.Status);
        Assert.Equal("application/problem+json", reply["Content-Type"]);
        Assert.Equal("connect_failed", reply["X-EvenKeel-Error"]);
        using var json = JsonDocument.Parse(reply.Body);
        var root = json.RootElement;
        Assert.Equal("urn:evenkeel:problem:connect_failed", root.GetProperty("type").GetString());
        Assert.Equal("Bad Gateway", root.GetProperty("title").GetString());
        Assert.Equal(502, root.GetProperty("status").GetInt32());
        Assert.Equal("instance", root.GetProperty("culprit").GetString());
        Assert.Equal("connect", root.GetProperty("stage").GetString());
        Assert.Equal("web", root.GetProperty("service").GetString());
        Assert.Equal("web-1", root.GetProperty("endpoint").GetString());
        Assert.Equal(1, root.GetProperty("attempts").GetInt32());
        Assert.NotEmpty(root.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task A_service_without_instances_is_503_and_says_when_to_come_back()
    {
        await using var gateway = new TestGateway();
        var reply = await gateway.GetAsync();
        Assert.Equal((503, "no_healthy_instance", "1"), (reply.Status, reply["X-EvenKeel-Error"], reply["Retry-After"]));
    }

    [Fact]
    public async Task A_problem_for_HEAD_has_no_body()
    {
        await using var gateway = new TestGateway();
        var client = await gateway.ConnectAsync();
        await client.SendAsync("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(503, (await Deadline.Within(Reply.ReadAsync(client, head: true))).Status);
        Assert.Equal(503, (await Deadline.Within(Reply.ReadAsync(client))).Status);
    }

    [Theory]
    [InlineData("GET / HTTP/2.0\r\n\r\n", 505, "version_not_supported")]
    [InlineData("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 501, "not_supported")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", 400, "request_invalid")]
    [InlineData("\u0016\u0003\u0001", 400, "request_invalid")]
    public async Task A_refused_request_is_told_why_and_ends_the_connection(string request, int status, string code)
    {
        await using var gateway = new TestGateway();
        var client = await gateway.ConnectAsync();
        await client.SendAsync(request + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        var reply = await Deadline.Within(Reply.ReadAsync(client));
        Assert.Equal((status, code, "close"), (reply.Status, reply["X-EvenKeel-Error"], reply["Connection"]));
        Assert.Contains("\"fault\":\"", reply.Text, StringComparison.Ordinal);
        client.EndSending();
        Assert.Equal("", await Deadline.Within(client.ReadToEndAsync()));
    }

    [Fact]
    public async Task Heads_and_targets_beyond_the_limits_are_431_and_414()
    {
        await using var gateway = new TestGateway(o => o with { Limits = new GatewayLimitOptions { Head = 1024, Fields = 10 } });
        Assert.Equal(431, (await gateway.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\nA: {new string('a', 1024)}\r\n\r\n")).Status);
        Assert.Equal(431, (await gateway.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Repeat("A: b\r\n", 10))}\r\n")).Status);
        Assert.Equal(414, (await gateway.AskAsync($"GET /{new string('a', 1024)} HTTP/1.1\r\nHost: a\r\n\r\n")).Status);
        Assert.Equal(3, gateway.Count(ProblemCode.HeadTooLarge));
        Assert.Equal(3, gateway.Statistics.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 2\n\nhi")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nLocation: /\rSet-Cookie: a\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    public async Task A_malformed_response_becomes_502_and_nothing_of_it_reaches_the_client(string response)
    {
        await using var origin = Origin.Serve((_, _) => response);
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        for (var i = 0; i < 2; i++)
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            var reply = await Deadline.Within(Reply.ReadAsync(client));
            Assert.Equal((502, "response_invalid", "web-1"), (reply.Status, reply["X-EvenKeel-Error"], reply["X-EvenKeel-Instance"]));
        }
    }

    [Fact]
    public async Task A_response_head_beyond_the_limit_becomes_502()
    {
        await using var origin = Origin.Serve((_, _) => $"HTTP/1.1 200 OK\r\nA: {new string('a', 2000)}\r\n\r\n");
        await using var gateway = new TestGateway(o => o with { Limits = new GatewayLimitOptions { Head = 1024 } });
        gateway.Add(origin);
        Assert.Equal("response_invalid", (await gateway.GetAsync())["X-EvenKeel-Error"]);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n")]
    public async Task A_response_that_is_cut_off_never_ends_cleanly(string response)
    {
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync(response);
        });
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => gateway.GetAsync());
        await gateway.Until(counts => (counts.Truncated, counts.Completed) == (1, 0), "it is counted as truncated");
    }

    [Fact]
    public void Every_code_has_all_its_texts()
    {
        var names = new HashSet<string>();
        foreach (var code in Enum.GetValues<ProblemCode>())
        {
            Assert.True(names.Add(System.Text.Encoding.ASCII.GetString(ProblemCodes.NameOf(code))));
            Assert.InRange(ProblemCodes.StatusOf(code), 400, 505);
            var written = new byte[4096];
            var length = ProblemWriter.Write(new Problem(code), "web"u8, "web-1"u8, 1, default, head: false, close: true, written);
            var text = System.Text.Encoding.ASCII.GetString(written, 0, length);
            using var json = JsonDocument.Parse(text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
            Assert.Equal(ProblemCodes.StatusOf(code), json.RootElement.GetProperty("status").GetInt32());
        }
    }
}
