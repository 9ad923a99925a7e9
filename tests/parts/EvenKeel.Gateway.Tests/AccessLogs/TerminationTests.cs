using System.Text.Json;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.AccessLogs;

/// <summary>Every way an exchange can end, brought about, and the word that the log has for it.</summary>
public sealed class TerminationTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(150);

    private static readonly Dictionary<string, Func<Task<LoggedGateway>>> Ways = new()
    {
        ["ok"] = () => AnswerAsync(Same, Get, Origin.Say("ok")),
        ["client_abort"] = ClientAbortAsync,
        ["truncated"] = TruncatedAsync,
        ["shutdown"] = ShutdownAsync,
        ["request_invalid"] = () => AnswerAsync(Same, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        ["request_timeout"] = () => AnswerAsync(o => o with { Timeouts = new GatewayTimeoutOptions { Head = Short } }, "GET / HTTP/1.1\r\nHost"),
        ["body_too_large"] = () => AnswerAsync(
            o => o with { Limits = o.Limits with { Body = 10 } }, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n"),
        ["head_too_large"] = () => AnswerAsync(o => o with { Limits = o.Limits with { Fields = 2 } }, "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\n\r\n"),
        ["not_supported"] = () => AnswerAsync(Same, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"),
        ["version_not_supported"] = () => AnswerAsync(Same, "GET / HTTP/3.0\r\nHost: a\r\n\r\n"),
        ["rate_limited"] = () => AnswerAsync(
            o => o with { Routes = [new RouteOptions { Service = "web", RateLimit = new RateLimitOptions { Rate = 0.001, Burst = 1 } }] },
            Get, Origin.Say("ok"), times: 2),
        ["no_route"] = () => AnswerAsync(o => o with { Routes = [new RouteOptions { Path = "/x", Service = "web" }] }, Get),
        ["no_healthy_instance"] = () => AnswerAsync(Same, Get),
        ["circuit_open"] = () => AnswerAsync(
            o => o with { Ejection = new EjectionOptions { Failures = 0, Ratio = 0 },
                Resilience = new ResilienceOptions { Breaker = new BreakerOptions { Volume = 10 } } },
            Get, Origin.Serve((_, _) => "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"), times: 11),
        ["overloaded"] = () => CrowdedAsync(new ConcurrencyOptions { Service = 1, Queue = 0 }),
        ["queue_timeout"] = () => CrowdedAsync(new ConcurrencyOptions { Service = 1, Queue = 1, Wait = Short }),
        ["connect_failed"] = ConnectFailedAsync,
        ["connect_timeout"] = ConnectTimeoutAsync,
        ["instance_gone"] = () => AnswerAsync(
            o => o with { Routes = [new RouteOptions { Service = "web", Balance = BalancePolicy.Ring, Hash = new HashOptions { Refuses = true } }] }, Get),
        ["tls_failed"] = () => AnswerAsync(
            o => o with { ServiceTls = new Dictionary<string, ServiceTlsOptions> { ["web"] = new() { ServerName = "a.test", Insecure = true } } },
            Get, new Origin(channel => channel.ReadByteAsync().AsTask())),
        ["connection_lost"] = () => AnswerAsync(Same, Get, new Origin(channel => channel.ReadHeadAsync())),
        ["response_timeout"] = () => AnswerAsync(o => o with { Timeouts = new GatewayTimeoutOptions { Response = Short } }, Get, Silent()),
        ["deadline_exceeded"] = () => AnswerAsync(o => o with { Timeouts = new GatewayTimeoutOptions { Request = Short } }, Get, Silent()),
        ["response_invalid"] = () => AnswerAsync(Same, Get, Origin.Serve((_, _) => "NONSENSE\r\n\r\n")),
    };

    public static TheoryData<string> Reasons => [.. Ways.Keys];

    [Fact]
    public void Every_reason_has_its_way()
        => Assert.Equal(Enum.GetValues<ProblemCode>().Select(ProblemNames.Of).Concat(["ok", "client_abort", "truncated", "shutdown"]).Order(),
            Ways.Keys.Order());

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task The_line_names_the_reason(string reason)
    {
        await using var logged = await Ways[reason]();
        var lines = await logged.EndAsync();
        var counts = logged.Gateway.Statistics;
        var expected = reason switch
        {
            "ok" => counts.Completed,
            "client_abort" or "shutdown" => counts.ClientAborts,
            "truncated" => counts.Truncated,
            _ => counts.Problems[Enum.GetValues<ProblemCode>().Single(code => ProblemNames.Of(code) == reason)],
        };
        Assert.Equal(1, expected);
        var status = Assert.Single(lines, line => IsOf(line, reason)).GetProperty("status").GetInt32();
        switch (reason)
        {
            case "ok" or "truncated":
                Assert.Equal(200, status);
                break;
            case "client_abort" or "shutdown":
                Assert.Equal(0, status);
                break;
            default:
                Assert.InRange(status, 400, 599);
                break;
        }
    }

    private static bool IsOf(JsonElement line, string reason) => line.GetProperty("reason").GetString() == reason;

    private static GatewayOptions Same(GatewayOptions options) => options;

    private static Origin Silent() => new(async channel =>
    {
        await channel.ReadHeadAsync();
        await channel.ReadToEndAsync();
    });

    private static async Task<LoggedGateway> AnswerAsync(
        Func<GatewayOptions, GatewayOptions> change, string request, Origin? origin = null, int times = 1)
    {
        var logged = new LoggedGateway(change);
        await using var _ = origin;
        if (origin is not null)
        {
            logged.Gateway.Add(origin);
        }

        for (var i = 0; i < times; i++)
        {
            await logged.Gateway.AskAsync(request);
        }

        return logged;
    }

    private static async Task<LoggedGateway> ClientAbortAsync()
    {
        await using var held = new HeldOrigin();
        var logged = new LoggedGateway();
        logged.Gateway.Add(held.Origin);
        var client = await logged.Gateway.ConnectAsync();
        await client.SendAsync(Get);
        await Deadline.Until(() => held.Now == 1, "the request is there");
        client.Reset();
        await Deadline.Until(() => logged.Gateway.Statistics.ClientAborts == 1, "the gateway has seen it leave");
        return logged;
    }

    private static async Task<LoggedGateway> TruncatedAsync()
    {
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        });
        var logged = new LoggedGateway();
        logged.Gateway.Add(origin);
        await Assert.ThrowsAnyAsync<Exception>(() => logged.Gateway.GetAsync());
        return logged;
    }

    private static async Task<LoggedGateway> ShutdownAsync()
    {
        await using var held = new HeldOrigin();
        var logged = new LoggedGateway();
        logged.Gateway.Add(held.Origin);
        var client = await logged.Gateway.ConnectAsync();
        await client.SendAsync(Get);
        await Deadline.Until(() => held.Now == 1, "the request is there");
        await logged.Gateway.Gateway.DisposeAsync();
        return logged;
    }

    private static async Task<LoggedGateway> CrowdedAsync(ConcurrencyOptions limits)
    {
        await using var held = new HeldOrigin();
        var logged = new LoggedGateway(o => o with { Resilience = new ResilienceOptions { Concurrency = limits } });
        logged.Gateway.Add(held.Origin);
        var first = logged.Gateway.GetAsync();
        await Deadline.Until(() => held.Now == 1, "the first request is there");
        await logged.Gateway.GetAsync();
        held.Release();
        await first;
        return logged;
    }

    private static async Task<LoggedGateway> ConnectFailedAsync()
    {
        var logged = new LoggedGateway();
        logged.Gateway.Add(TestEndpoints.Refusing());
        await logged.Gateway.GetAsync();
        return logged;
    }

    private static async Task<LoggedGateway> ConnectTimeoutAsync()
    {
        using var full = new FullListener();
        var logged = new LoggedGateway(o => o with { Timeouts = new GatewayTimeoutOptions { Connect = Short } });
        logged.Gateway.Add(full.Address);
        await logged.Gateway.GetAsync();
        return logged;
    }
}
