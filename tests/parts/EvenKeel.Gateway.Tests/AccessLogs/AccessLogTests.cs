using System.Globalization;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.AccessLogs;

public sealed class AccessLogTests
{
    private static readonly string[] Phases = ["wait_ms", "connect_ms", "first_byte_ms", "transfer_ms"];

    [Fact]
    public async Task A_line_says_who_asked_what_and_what_became_of_it()
    {
        await using var origin = Origin.Say("hello");
        await using var logged = new LoggedGateway(options => options with { Routes = [new RouteOptions { Path = "/shop", Service = "web" }] });
        logged.Gateway.Add(origin);
        var before = TimeProvider.System.GetUtcNow();
        await logged.Gateway.AskAsync("POST /shop/a?b=%20c HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 2\r\n\r\nhi");
        var line = await logged.LineAsync();

        Assert.Equal(("127.0.0.1", "POST", "shop.test", "/shop/a?b=%20c"), (Text("client"), Text("method"), Text("host"), Text("path")));
        Assert.Equal(
            (200, "ok", "/shop", "web", "web-1"), (line.GetProperty("status").GetInt32(), Text("reason"), Text("route"), Text("service"), Text("instance")));
        Assert.Equal((1, 2, 5), (Number("attempts"), Number("request_bytes"), Number("response_bytes")));
        var time = DateTimeOffset.Parse(Text("ts"), CultureInfo.InvariantCulture);
        Assert.InRange(time, before.AddSeconds(-1), TimeProvider.System.GetUtcNow().AddSeconds(1));
        Assert.Equal(
            Text("trace_id") + "-" + Text("span_id"),
            origin.Heads.Single().Single(field => field.StartsWith("traceparent: 00-", StringComparison.Ordinal))[16..65]);

        string Text(string name) => line.GetProperty(name).GetString()!;
        long Number(string name) => line.GetProperty(name).GetInt64();
    }

    [Fact]
    public async Task The_phases_of_every_line_add_up_to_its_total()
    {
        await using var origin = Origin.Say("ok");
        await using var logged = new LoggedGateway(options => options with
        {
            Routes = [new RouteOptions { Path = "/gone", Service = "gone" }, new RouteOptions { Path = "/", Service = "web" }],
        });
        logged.Gateway.Add(origin);
        logged.Gateway.Add(TestEndpoints.Refusing(), "gone");
        for (var i = 0; i < 20; i++)
        {
            await logged.Gateway.GetAsync(i % 5 == 0 ? "/gone" : "/");
        }

        await logged.Gateway.AskAsync("GARBAGE\r\n\r\n");
        var lines = await logged.EndAsync();
        Assert.Equal(21, lines.Count);
        Assert.All(lines, line => Assert.Equal(
            line.GetProperty("total_ms").GetDecimal(),
            Phases.Sum(name => line.TryGetProperty(name, out var phase) ? phase.GetDecimal() : 0)));
        Assert.Equal(16, lines.Count(line => line.TryGetProperty("transfer_ms", out _)));
        Assert.All(lines, line => Assert.All(Phases, name => Assert.False(line.TryGetProperty(name, out var phase) && phase.GetDecimal() < 0)));
    }

    [Fact]
    public async Task Every_request_under_load_has_its_line()
    {
        await using var origin = Origin.Say("ok");
        await using var logged = new LoggedGateway(loops: 2);
        logged.Gateway.Add(origin);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async client =>
        {
            var channel = await logged.Gateway.ConnectAsync();
            for (var i = 0; i < 250; i++)
            {
                await channel.SendAsync($"GET /{client}/{i} HTTP/1.1\r\nHost: a\r\n\r\n");
                Assert.Equal(200, (await Deadline.Within(Reply.ReadAsync(channel))).Status);
            }
        }));
        var lines = await logged.EndAsync();
        Assert.Equal((2000, 0, 2000), (lines.Count, logged.Log.Dropped, logged.Log.Written));
        Assert.Equal(2000, logged.Gateway.Statistics.Requests);
        Assert.Equal(2000, lines.Select(line => line.GetProperty("path").GetString()).Distinct().Count());
        Assert.Equal(2000, lines.Select(line => line.GetProperty("trace_id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Texts_that_are_too_long_are_cut_and_marked_and_whatever_JSON_minds_is_escaped()
    {
        await using var origin = Origin.Say("ok");
        await using var logged = new LoggedGateway();
        logged.Gateway.Add(origin);
        var query = new string('x', 2000);
        await logged.Gateway.AskAsync($"GET /?{query} HTTP/1.1\r\nHost: {new string('h', 200)}\r\n\r\n");
        await logged.Gateway.AskAsync("GET /?a=\"b\\c\"\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n");
        var lines = await logged.EndAsync();
        Assert.Equal("/?" + query[..1022], lines[0].GetProperty("path").GetString());
        Assert.Equal(new string('h', 128), lines[0].GetProperty("host").GetString());
        Assert.True(lines[0].GetProperty("path_cut").GetBoolean() && lines[0].GetProperty("host_cut").GetBoolean());
        Assert.False(lines[1].TryGetProperty("path_cut", out _));
        if (lines[1].GetProperty("status").GetInt32() == 200)
        {
            Assert.Equal("/?a=\"b\\c\"\u00e9", lines[1].GetProperty("path").GetString());
        }
    }

    [Fact]
    public async Task A_writer_that_hangs_costs_lines_which_are_counted_and_no_request()
    {
        await using var origin = Origin.Say("ok");
        await using var logged = new LoggedGateway(capacity: 16 * 1024);
        logged.Gateway.Add(origin);
        logged.Memory.Hold();
        var channel = await logged.Gateway.ConnectAsync();
        for (var i = 0; i < 400; i++)
        {
            await channel.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal(200, (await Deadline.Within(Reply.ReadAsync(channel))).Status);
        }

        Assert.True(logged.Log.Dropped > 0);
        var lines = await logged.EndAsync();
        Assert.Equal(400, lines.Count + logged.Log.Dropped);
        Assert.Equal(lines.Count, logged.Log.Written);
    }

    [Fact]
    public async Task Lines_that_cannot_be_written_are_counted_and_later_ones_are_written()
    {
        await using var origin = Origin.Say("ok");
        await using var logged = new LoggedGateway();
        logged.Gateway.Add(origin);
        logged.Memory.Fill(true);
        await logged.Gateway.GetAsync("/lost");
        await Deadline.Until(() => logged.Log.Failed == 1, "the line is lost");
        logged.Memory.Fill(false);
        await logged.Gateway.GetAsync("/kept");
        Assert.Equal("/kept", (await logged.LineAsync()).GetProperty("path").GetString());
        Assert.Equal((1, 1), (logged.Log.Failed, logged.Log.Written));
    }
}
