using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Resilience;

public sealed class RateLimitTests
{
    // So slow that no token comes back within a test.
    private static readonly RateLimitOptions Two = new() { Rate = 0.001, Burst = 2 };

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Epoll)]
    public async Task A_client_beyond_its_limit_is_told_when_to_come_back(string transport)
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = With(Two, transport);
        gateway.Add(origin);
        Assert.Equal((200, 200), ((await gateway.GetAsync()).Status, (await gateway.GetAsync()).Status));
        var refused = await gateway.GetAsync();
        Assert.Equal((429, "rate_limited", null), (refused.Status, refused["X-EvenKeel-Error"], refused["Connection"]));
        Assert.InRange(int.Parse(refused["Retry-After"]!, null), 900, 1000);
        Assert.Equal("\"route\";q=2;w=2000", refused["RateLimit-Policy"]);
        Assert.Equal($"\"route\";r=0;t={refused["Retry-After"]}", refused["RateLimit"]);
        Assert.Contains("\"culprit\":\"client\",\"stage\":\"admit\"", refused.Text, StringComparison.Ordinal);
        Assert.Equal(2, origin.Heads.Count);
    }

    [Fact]
    public async Task Each_value_of_a_header_has_a_limit_of_its_own_and_none_is_a_value_too()
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = With(Two with { By = RateLimitKey.Header, Header = "X-Key" });
        gateway.Add(origin);
        foreach (var field in new[] { "X-Key: a", "x-key: b", "X-Other: a" })
        {
            Assert.Equal((200, 200, 429), (await Ask(gateway, field), await Ask(gateway, field), await Ask(gateway, field)));
        }
    }

    [Fact]
    public async Task Of_more_values_than_are_remembered_the_one_seen_longest_ago_begins_anew()
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = With(new RateLimitOptions { Rate = 0.001, Burst = 1, By = RateLimitKey.Header, Header = "X-Key", Keys = 2 });
        gateway.Add(origin);
        Assert.Equal((200, 200, 429), (await Ask(gateway, "X-Key: a"), await Ask(gateway, "X-Key: b"), await Ask(gateway, "X-Key: b")));
        Assert.Equal((200, 429, 200), (await Ask(gateway, "X-Key: c"), await Ask(gateway, "X-Key: b"), await Ask(gateway, "X-Key: a")));
    }

    [Fact]
    public async Task A_route_can_be_limited_as_a_whole_and_does_not_limit_another()
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = new TestGateway(o => o with
        {
            Routes = [new RouteOptions { Path = "/a", Service = "web", RateLimit = Two with { By = RateLimitKey.Route } }, new RouteOptions { Service = "web" }],
        });
        gateway.Add(origin);
        Assert.Equal((200, 200), ((await gateway.GetAsync("/a")).Status, (await gateway.GetAsync("/a/b")).Status));
        Assert.Equal((429, 200), ((await gateway.GetAsync("/a")).Status, (await gateway.GetAsync("/b")).Status));
    }

    [Fact]
    public async Task A_reload_with_the_same_limit_forgives_nothing()
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = With(Two);
        gateway.Add(origin);
        await gateway.GetAsync();
        await gateway.GetAsync();
        gateway.Gateway.Apply(gateway.Options with { Routes = [.. gateway.Options.Routes.Select(route => route with { Retries = 0 })] });
        Assert.Equal(429, (await gateway.GetAsync()).Status);
    }

    private static async Task<int> Ask(TestGateway gateway, string field) => (await gateway.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\n{field}\r\n\r\n")).Status;

    private static TestGateway With(RateLimitOptions limit, string? transport = null)
        => new(o => o with { Routes = [new RouteOptions { Service = "web", RateLimit = limit }] }, transport: transport);
}
