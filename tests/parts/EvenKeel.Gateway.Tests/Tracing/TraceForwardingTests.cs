using System.Text.Json;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Tracing;

public sealed class TraceForwardingTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Parent = "00f067aa0ba902b7";
    private const string Valid = $"traceparent: 00-{Trace}-{Parent}-01\r\n";

    [Fact]
    public async Task A_valid_trace_goes_on_under_a_parent_of_the_gateway_and_keeps_its_state()
    {
        var fields = await ForwardAsync(Valid + "tracestate: a=1\r\ntracestate: b=2\r\n");
        var parent = Assert.Single(fields, IsParent);
        Assert.StartsWith($"traceparent: 00-{Trace}-", parent, StringComparison.Ordinal);
        Assert.EndsWith("-01", parent, StringComparison.Ordinal);
        Assert.NotEqual(Parent, parent[49..65]);
        Assert.Equal(["tracestate: a=1", "tracestate: b=2"], fields.Where(IsState));
    }

    [Theory]
    [InlineData("")]
    [InlineData($"traceparent: 00-{Trace}-{Parent}-0\r\n")]
    [InlineData($"traceparent: 00-00000000000000000000000000000000-{Parent}-01\r\n")]
    [InlineData($"traceparent: ff-{Trace}-{Parent}-01\r\n")]
    [InlineData($"traceparent: 00-{Trace}-{Parent}-01-x\r\n")]
    [InlineData("traceparent:\r\n")]
    [InlineData($"{Valid}{Valid}")]
    [InlineData($"{Valid}TraceParent: x\r\n")]
    public async Task A_trace_that_is_missing_or_not_valid_begins_anew_without_the_old_state(string given)
    {
        var fields = await ForwardAsync(given + "tracestate: a=1\r\n");
        var parent = Assert.Single(fields, IsParent);
        Assert.Matches("^traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-03$", parent);
        Assert.DoesNotContain(Trace, parent, StringComparison.Ordinal);
        Assert.DoesNotContain(fields, IsState);
    }

    [Fact]
    public async Task With_traces_off_the_fields_go_through_as_they_are()
    {
        var fields = await ForwardAsync("traceparent: anything\r\ntracestate: a=1\r\n", options => options with { ContinuesTraces = false });
        Assert.Equal(["traceparent: anything", "tracestate: a=1"], fields.Where(field => IsParent(field) || IsState(field)));
        Assert.DoesNotContain(await ForwardAsync("", options => options with { ContinuesTraces = false }), IsParent);
    }

    [Fact]
    public async Task A_route_that_removes_or_sets_the_field_has_the_last_word()
    {
        Assert.DoesNotContain(await ForwardAsync(Valid, With(new HeaderChangeOptions { Remove = ["TraceParent"] })), IsParent);
        Assert.Equal("traceparent: own", Assert.Single(await ForwardAsync(Valid, With(new HeaderChangeOptions { Set = [new("traceparent", "own")] })), IsParent));
    }

    [Fact]
    public async Task A_problem_names_the_trace()
    {
        await using var gateway = new TestGateway();
        var known = await gateway.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\n{Valid}\r\n");
        Assert.Equal(Trace, JsonDocument.Parse(known.Text).RootElement.GetProperty("trace_id").GetString());
        Assert.Matches("^[0-9a-f]{32}$", JsonDocument.Parse((await gateway.GetAsync()).Text).RootElement.GetProperty("trace_id").GetString()!);
    }

    [Fact]
    public async Task A_request_that_is_sent_again_stays_one_operation()
    {
        await using var gateway = new TestGateway();
        var seen = new List<string>();
        await using var failing = new Origin(async channel => seen.AddRange(await channel.ReadHeadAsync() ?? []));
        await using var second = Origin.Say("ok");
        gateway.Add(failing);
        gateway.Add(second);
        for (var i = 0; i < 8 && seen.Count == 0; i++)
        {
            Assert.Equal(200, (await gateway.GetAsync()).Status);
        }

        Assert.Equal(seen.Single(IsParent), second.Heads.Last().Single(IsParent));
    }

    private static Func<GatewayOptions, GatewayOptions> With(HeaderChangeOptions changes)
        => options => options with { Routes = [new RouteOptions { Path = "/", Service = "web", RequestHeaders = changes }] };

    private static bool IsParent(string field) => field.StartsWith("traceparent:", StringComparison.OrdinalIgnoreCase);

    private static bool IsState(string field) => field.StartsWith("tracestate:", StringComparison.OrdinalIgnoreCase);

    private static async Task<List<string>> ForwardAsync(string fields, Func<GatewayOptions, GatewayOptions>? change = null)
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = new TestGateway(change);
        gateway.Add(origin);
        Assert.Equal(200, (await gateway.AskAsync($"GET / HTTP/1.1\r\nHost: a\r\n{fields}\r\n")).Status);
        return origin.Heads.Single();
    }
}
