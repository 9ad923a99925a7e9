using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Resilience;

public sealed class BulkheadTests
{
    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Epoll)]
    public async Task Requests_beyond_the_limit_wait_in_their_order_and_beyond_the_queue_are_refused(string transport)
    {
        await using var held = new HeldOrigin();
        await using var gateway = With(new ConcurrencyOptions { Service = 1, Queue = 3 }, transport);
        gateway.Add(held.Origin);
        var replies = new List<Task<Reply>>();
        for (var i = 0; i < 4; i++)
        {
            replies.Add(gateway.GetAsync($"/{i}"));
            var waiting = i;
            await Deadline.Until(() => held.Now == 1 && gateway.Directory.ServiceOf("web").Waiting == waiting, $"{waiting} requests wait");
        }

        var refused = await gateway.GetAsync("/refused");
        Assert.Equal((503, "overloaded", "1"), (refused.Status, refused["X-EvenKeel-Error"], refused["Retry-After"]));
        Assert.Contains("\"stage\":\"queue\"", refused.Text, StringComparison.Ordinal);
        held.Release();
        Assert.All(await Deadline.Within(Task.WhenAll(replies)), reply => Assert.Equal(200, reply.Status));
        Assert.Equal(["/0", "/1", "/2", "/3"], held.Paths);
        Assert.Equal(1, held.Most);
        await Deadline.Until(() => gateway.Directory.ServiceOf("web").InFlight == 0, "every place was given back");
    }

    [Theory]
    [InlineData(Transports.Socket, 3, 0, 3)]
    [InlineData(Transports.Epoll, 3, 0, 3)]
    [InlineData(Transports.Socket, 0, 1, 1)]
    [InlineData(Transports.Epoll, 5, 2, 2)]
    public async Task Limits_are_never_passed_by_many_clients_on_two_loops(string transport, int service, int instance, int most)
    {
        var gauges = Enumerable.Range(0, 2).Select(_ => new Gauge()).ToList();
        await using var gateway = With(
            new ConcurrencyOptions { Service = service, Instance = instance, Queue = 100, Wait = TimeSpan.FromSeconds(30) }, transport, loops: 2);
        gauges.ForEach(gauge => gateway.Add(gauge.Origin));
        async Task Load()
        {
            var client = await gateway.ConnectAsync();
            for (var i = 0; i < 50; i++)
            {
                await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                Assert.Equal(200, (await Deadline.Within(Reply.ReadAsync(client))).Status);
            }
        }

        await Deadline.Within(Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(Load))));
        Assert.All(gauges, gauge => Assert.InRange(gauge.Most, 1, most));
        await Deadline.Until(() => gateway.Statistics.Completed == 16 * 50, "every request is counted");
        Assert.Equal(0, gateway.Directory.ServiceOf("web").Waiting);
        foreach (var gauge in gauges)
        {
            await gauge.Origin.DisposeAsync();
        }
    }

    [Fact]
    public async Task Without_a_limit_all_are_sent_at_once()
    {
        await using var held = new HeldOrigin();
        await using var gateway = With(new ConcurrencyOptions());
        gateway.Add(held.Origin);
        var replies = Enumerable.Range(0, 16).Select(_ => gateway.GetAsync()).ToList();
        await Deadline.Until(() => held.Most == 16, "all are at the instance");
        held.Release();
        await Deadline.Within(Task.WhenAll(replies));
    }

    [Fact]
    public async Task A_request_whose_turn_does_not_come_is_answered_with_503()
    {
        await using var held = new HeldOrigin();
        await using var gateway = With(new ConcurrencyOptions { Instance = 1, Wait = TimeSpan.FromMilliseconds(100) });
        gateway.Add(held.Origin);
        var first = gateway.GetAsync();
        await Deadline.Until(() => held.Now == 1, "the only place is taken");
        var late = await gateway.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
        Assert.Equal((503, "queue_timeout", "1"), (late.Status, late["X-EvenKeel-Error"], late["Retry-After"]));
        held.Release();
        Assert.Equal(200, (await first).Status);
        Assert.Single(held.Paths);
    }

    [Fact]
    public async Task A_client_that_leaves_the_queue_leaves_its_place_to_the_next()
    {
        await using var held = new HeldOrigin();
        await using var gateway = With(new ConcurrencyOptions { Service = 1, Queue = 1, Wait = TimeSpan.FromSeconds(30) });
        gateway.Add(held.Origin);
        var first = gateway.GetAsync("/first");
        await Deadline.Until(() => held.Now == 1, "the only place is taken");
        var leaving = await gateway.ConnectAsync();
        await leaving.SendAsync("GET /leaving HTTP/1.1\r\nHost: a\r\n\r\n");
        await Deadline.Until(() => gateway.Directory.ServiceOf("web").Waiting == 1, "it waits");
        leaving.Reset();
        await Deadline.Until(() => gateway.Directory.ServiceOf("web").Waiting == 0, "it has left");
        var next = gateway.GetAsync("/next");
        await Deadline.Until(() => gateway.Directory.ServiceOf("web").Waiting == 1, "the next waits");
        held.Release();
        Assert.Equal((200, 200), ((await first).Status, (await next).Status));
        Assert.Equal(["/first", "/next"], held.Paths);
    }

    [Fact]
    public async Task A_route_whose_instances_hang_does_not_hurt_another()
    {
        await using var hanging = new HeldOrigin();
        await using var good = Origin.Say("good");
        await using var gateway = new TestGateway(o => o with
        {
            Routes = [new RouteOptions { Path = "/slow", Service = "slow" }, new RouteOptions { Service = "web" }],
            Services = new Dictionary<string, ResilienceOptions> { ["slow"] = new() { Concurrency = new ConcurrencyOptions { Service = 4, Queue = 4 } } },
        });
        gateway.Add(hanging.Origin, "slow");
        gateway.Add(good);
        var stuck = Enumerable.Range(0, 12).Select(_ => gateway.GetAsync("/slow")).ToList();
        await Deadline.Until(() => stuck.Count(one => one.IsCompleted) == 4, "what is too much is refused");
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("good", (await gateway.GetAsync()).Text);
        }

        Assert.Equal(4, hanging.Most);
        hanging.Release();
        Assert.Equal(8, (await Deadline.Within(Task.WhenAll(stuck))).Count(reply => reply.Status == 200));
    }

    [Fact]
    public async Task Instances_that_are_only_busy_are_waited_for_and_no_unhealthy_one_is_used_meanwhile()
    {
        await using var held = new HeldOrigin();
        await using var sick = Origin.Say("sick");
        await using var gateway = With(new ConcurrencyOptions { Instance = 1, Wait = TimeSpan.FromSeconds(30) });
        gateway.Add(held.Origin);
        gateway.Add(sick).SetStatus(Control.Health.HealthStatus.Unhealthy);
        var replies = new[] { gateway.GetAsync(), gateway.GetAsync() };
        await Deadline.Until(() => gateway.Directory.ServiceOf("web").Waiting == 1, "the second waits");
        held.Release();
        Assert.All(await Deadline.Within(Task.WhenAll(replies)), reply => Assert.Equal("ok", reply.Text));
        Assert.Empty(sick.Heads);
    }

    private static TestGateway With(ConcurrencyOptions limits, string? transport = null, int loops = 1)
        => new(o => o with { Resilience = new ResilienceOptions { Concurrency = limits } }, loops, transport: transport);

    /// <summary>An instance that yields before it answers, and knows the most requests that it ever had at once.</summary>
    private sealed class Gauge
    {
        private int _now;
        private int _most;

        public Gauge() => Origin = new Origin(async channel =>
        {
            while (await channel.ReadHeadAsync() is not null)
            {
                var now = Interlocked.Increment(ref _now);
                for (var most = Most; now > most && Interlocked.CompareExchange(ref _most, now, most) != most; most = Most)
                {
                }

                await Task.Yield();
                Interlocked.Decrement(ref _now);
                await channel.SendAsync(Origin.Ok("ok"));
            }
        });

        public Origin Origin { get; }

        public int Most => Volatile.Read(ref _most);
    }
}
