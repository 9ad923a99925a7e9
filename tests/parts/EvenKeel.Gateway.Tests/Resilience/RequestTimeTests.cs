using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Resilience;

/// <summary>The time of a whole exchange: the answer names the stage that was too slow.</summary>
public sealed class RequestTimeTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(150);

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Epoll)]
    public async Task An_instance_that_does_not_answer_is_the_culprit(string transport)
    {
        await using var held = new HeldOrigin();
        await using var gateway = With(o => o, transport);
        gateway.Add(held.Origin);
        await Expect(gateway.GetAsync(), 504, "deadline_exceeded", "instance", "response");
    }

    [Fact]
    public async Task A_client_that_stalls_in_its_body_is_the_culprit()
    {
        await using var origin = Origin.Say("ok");
        await using var gateway = With(o => o);
        gateway.Add(origin);
        await Expect(gateway.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345"), 408, "request_timeout", "client", "request");
    }

    [Fact]
    public async Task A_connection_that_is_not_accepted_is_named_and_not_tried_elsewhere()
    {
        using var full = new FullListener();
        await using var gateway = With(o => o);
        gateway.Add(full.Address);
        gateway.Add(full.Address);
        await Expect(gateway.GetAsync(), 504, "connect_timeout", "instance", "connect");
        Assert.Equal(0, gateway.Statistics.Retries);
    }

    [Fact]
    public async Task A_wait_in_the_queue_counts()
    {
        await using var held = new HeldOrigin();
        var limits = new ConcurrencyOptions { Service = 1, Wait = TimeSpan.FromMinutes(1) };
        await using var gateway = With(o => o with { Resilience = new ResilienceOptions { Concurrency = limits } });
        gateway.Add(held.Origin);
        var first = gateway.GetAsync();
        await Deadline.Until(() => held.Now == 1 || first.IsCompleted, "the place is taken");
        var second = await gateway.GetAsync();
        Assert.Contains(second["X-EvenKeel-Error"], new[] { "queue_timeout", "deadline_exceeded" });
        Assert.Equal("deadline_exceeded", (await first)["X-EvenKeel-Error"]);
    }

    [Fact]
    public async Task A_response_that_goes_on_is_broken_off_although_it_moves()
    {
        await using var endless = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true)
            {
                await channel.SendAsync("5\r\nhello\r\n");
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Deadline.Token);
            }
        });
        await using var gateway = With(o => o);
        gateway.Add(endless);
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => gateway.GetAsync());
        await gateway.Until(counts => counts.Truncated == 1, "it is counted as truncated");
    }

    private static async Task Expect(Task<Reply> asking, int status, string error, string culprit, string stage)
    {
        var reply = await asking;
        Assert.Equal((status, error), (reply.Status, reply["X-EvenKeel-Error"]));
        Assert.Contains($"\"culprit\":\"{culprit}\",\"stage\":\"{stage}\"", reply.Text, StringComparison.Ordinal);
    }

    private static TestGateway With(Func<GatewayOptions, GatewayOptions> change, string? transport = null)
        => new(o => change(o with { Timeouts = new GatewayTimeoutOptions { Request = Short } }), transport: transport);
}
