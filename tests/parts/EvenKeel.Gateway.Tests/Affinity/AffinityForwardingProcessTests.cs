using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Affinity;

[Trait("Category", "Process")]
public sealed class AffinityForwardingProcessTests
{
    [Fact]
    public async Task A_client_gets_a_cookie_stays_on_its_instance_and_is_bound_anew_when_that_drains()
    {
        await using var first = Origin.Say("first");
        await using var second = Origin.Say("second");
        await using var gateway = new TestGateway(With);
        gateway.Add(first);
        gateway.Add(second);
        Reply bound = await gateway.GetAsync();
        string cookie = CookieOf(bound);
        for (int i = 0; i < 6; i++)
        {
            Reply again = await Ask(gateway, $"theme=dark; {cookie}; lang=en");
            Assert.Equal(bound.Text, again.Text);
            Assert.Null(again["Set-Cookie"]);
        }

        gateway.Directory.Drain(bound["X-EvenKeel-Instance"]!);
        Reply moved = await Ask(gateway, cookie);
        Assert.NotEqual(bound.Text, moved.Text);
        Assert.NotEqual(cookie, CookieOf(moved));
        Assert.Equal(moved.Text, (await Ask(gateway, CookieOf(moved))).Text);
    }

    [Fact]
    public async Task A_client_whose_instance_died_is_answered_and_bound_to_the_one_that_answered()
    {
        var first = Origin.Say("first");
        await using var second = Origin.Say("second");
        await using var gateway = new TestGateway(With);
        EndpointState dying = gateway.Add(first);
        Reply bound = await gateway.GetAsync();
        gateway.Add(second);
        await first.DisposeAsync();
        Reply moved = await Ask(gateway, CookieOf(bound));
        Assert.Equal("second", moved.Text);
        Assert.Equal("second", (await Ask(gateway, CookieOf(moved))).Text);
        Assert.Equal(0, dying.InFlight);
    }

    [Fact]
    public async Task Without_affinity_no_cookie_is_set_and_a_forged_one_is_worth_nothing()
    {
        await using var origin = Origin.Say("x");
        await using var plain = new TestGateway();
        plain.Add(origin);
        Assert.Null((await plain.GetAsync())["Set-Cookie"]);
        await using var gateway = new TestGateway(With);
        gateway.Add(origin);
        Assert.NotNull((await Ask(gateway, "ek=web-1"))["Set-Cookie"]);
        Assert.NotNull((await Ask(gateway, "ek=" + new string('A', 43)))["Set-Cookie"]);
    }

    [Fact]
    public async Task A_client_that_sends_the_header_back_stays_on_its_instance_also_through_another_gateway_with_the_same_secret()
    {
        await using var first = Origin.Say("first");
        await using var second = Origin.Say("second");
        await using var gateway = new TestGateway(ByHeader);
        await using var other = new TestGateway(ByHeader);
        foreach (var one in new[] { gateway, other })
        {
            one.Add(first);
            one.Add(second);
        }

        Reply bound = await gateway.GetAsync();
        var token = bound["X-Instance"]!;
        for (int i = 0; i < 6; i++)
        {
            Reply again = await (i % 2 == 0 ? gateway : other).AskAsync($"GET / HTTP/1.1\r\nHost: a\r\nx-instance: {token}\r\n\r\n");
            Assert.Equal((bound.Text, null, null), (again.Text, again["X-Instance"], again["Set-Cookie"]));
        }
    }

    [Fact]
    public async Task A_client_whose_instance_is_gone_is_refused_with_503_where_the_route_says_so_and_a_new_one_is_served()
    {
        await using var first = Origin.Say("first");
        await using var second = Origin.Say("second");
        await using var gateway = new TestGateway(options => options with
        {
            Routes = [new RouteOptions { Path = "/", Service = "web", AffinityCookie = "ek", AffinityRefuses = true }],
        });
        gateway.Add(first);
        gateway.Add(second);
        Reply bound = await gateway.GetAsync();
        gateway.Directory.Remove(bound["X-EvenKeel-Instance"]!);

        Reply refused = await Ask(gateway, CookieOf(bound));
        Assert.Equal((503, "instance_gone", null), (refused.Status, refused["X-EvenKeel-Error"], refused["Set-Cookie"]));
        Assert.Contains("\"stage\":\"choose\"", refused.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await gateway.GetAsync()).Status);
        Assert.Equal(200, (await Ask(gateway, "ek=forged")).Status);
    }

    private static GatewayOptions ByHeader(GatewayOptions options) => options with
    {
        AffinitySecret = "a secret of thirty-two characters",
        Routes = [new RouteOptions { Path = "/", Service = "web", AffinityHeader = "X-Instance", AffinityCookie = null }],
    };

    private static GatewayOptions With(GatewayOptions options)
        => options with { Routes = [new RouteOptions { Path = "/", Service = "web", AffinityCookie = "ek" }] };

    private static string CookieOf(Reply reply) => reply["Set-Cookie"]!.Split(';')[0];

    private static Task<Reply> Ask(TestGateway gateway, string cookie) => gateway.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\nCookie: {cookie}\r\n\r\n");
}
