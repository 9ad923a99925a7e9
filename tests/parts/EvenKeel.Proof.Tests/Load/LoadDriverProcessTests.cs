using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Load;
using EvenKeel.Proof.Tests.Servers;

namespace EvenKeel.Proof.Tests.Load;

[Trait("Category", "Process")]
public sealed class LoadDriverProcessTests
{
    [Fact]
    public async Task A_stall_of_four_seconds_shows_as_four_seconds_and_four_hundred_late_requests()
    {
        var stall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = 0;
        await using var server = new SmallHttpServer(async (request, token) =>
        {
            // The hundredth request and all that come until four seconds later wait together.
            if (Interlocked.Increment(ref seen) == 100)
            {
                _ = Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, CancellationToken.None)
                    .ContinueWith(_ => stall.SetResult(), TaskScheduler.Default);
            }

            if (Volatile.Read(ref seen) >= 100)
            {
                await stall.Task.WaitAsync(token);
            }

            return new SmallReply(200);
        });

        var result = await Drive(server, new LoadStageOptions { Rate = 100, Duration = TimeSpan.FromSeconds(8) }, connections: 32);

        Assert.Equal(800, result.Measured.Sent);
        Assert.Equal(0, result.Measured.Failed);
        Assert.InRange(result.Measured.Response.Percentile(99), TimeSpan.FromSeconds(3.7), TimeSpan.FromSeconds(6));

        // About 400; a busy machine adds late ones of its own, but none of the stalled ones may be missing.
        Assert.InRange(result.Measured.Response.CountAbove(TimeSpan.FromMilliseconds(100)), 370, 700);

        // Only those that a connection was free for have waited at the service itself; the others waited in the driver, and no figure hides it.
        Assert.InRange(result.Measured.Service.CountAbove(TimeSpan.FromMilliseconds(1000)), 24, 120);
    }

    [Fact]
    public async Task Replies_are_counted_by_instance_and_failures_by_kind()
    {
        var number = 0;
        await using var server = new SmallHttpServer((_, _) => Task.FromResult((Interlocked.Increment(ref number) % 4) switch
        {
            0 => new SmallReply(503),
            1 => new SmallReply(0, Break: true),
            2 => new SmallReply(200) { Headers = { ["X-EvenKeel-Instance"] = "web-1" } },
            _ => new SmallReply(200) { Headers = { ["X-EvenKeel-Instance"] = "web-2" } },
        }));

        var result = await Drive(
            server,
            new LoadStageOptions { Rate = 100, Duration = TimeSpan.FromSeconds(0.4) },
            thresholds: ["errors<1%", "rate>10"],
            method: "POST");

        Assert.Equal(40, result.Measured.Sent);
        Assert.Equal(10, result.Measured.Instances["web-1"]);
        Assert.Equal(10, result.Measured.Instances["web-2"]);
        Assert.Equal(10, result.Measured.Errors["http503"]);
        Assert.Equal(10, result.Measured.Errors["reset"]);
        Assert.Equal([false, true], result.Thresholds.Select(threshold => threshold.Holds));
        Assert.Equal(99, result.ExitCode);
        Assert.Contains("✕ errors<1%   50 % (20 of 40)", LoadSummary.Of(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupted_load_says_what_it_measured_and_what_it_did_not_send()
    {
        using var interrupt = new CancellationTokenSource();
        var served = 0;
        await using var server = new SmallHttpServer((_, _) =>
        {
            if (Interlocked.Increment(ref served) == 20)
            {
                interrupt.Cancel();
            }

            return Task.FromResult(new SmallReply(200));
        });

        var result = await Drive(server, new LoadStageOptions { Rate = 100, Duration = TimeSpan.FromMinutes(10) }, cancellationToken: interrupt.Token);

        Assert.True(result.Interrupted);
        Assert.Equal(130, result.ExitCode);
        Assert.InRange(result.Measured.Sent, 15, 200);
        Assert.InRange(result.NotSent, 59_000, 60_000);
        Assert.Contains("interrupted after", LoadSummary.Of(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Virtual_users_have_one_request_at_a_time_each()
    {
        var underWay = 0;
        var most = 0;
        await using var server = new SmallHttpServer(async (_, token) =>
        {
            var now = Interlocked.Increment(ref underWay);
            InterlockedMax(ref most, now);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, token);
            Interlocked.Decrement(ref underWay);
            return new SmallReply(200);
        });

        var result = await Drive(server, new LoadStageOptions { Users = 5, Duration = TimeSpan.FromSeconds(0.5) });

        Assert.Equal(5, most);
        Assert.False(result.Open);
        Assert.InRange(result.Measured.Sent, 10, 125);
    }

    [Fact]
    public async Task A_load_to_nobody_fails_as_refused_and_meets_no_threshold_of_errors()
    {
        var server = new SmallHttpServer((_, _) => Task.FromResult(new SmallReply(200)));
        var address = server.Address;
        await server.DisposeAsync();

        var result = await Drive(address, new LoadStageOptions { Rate = 50, Duration = TimeSpan.FromSeconds(0.2) }, ["errors<0.1%"], "GET", 8, default);

        Assert.Equal(10, result.Measured.Errors["refused"]);
        Assert.Equal(99, result.ExitCode);
    }

    private static Task<LoadResult> Drive(
        SmallHttpServer server, LoadStageOptions stage, string[]? thresholds = null, string method = "GET", int connections = 64,
        CancellationToken cancellationToken = default) =>
        Drive(server.Address, stage, thresholds, method, connections, cancellationToken);

    private static Task<LoadResult> Drive(
        Uri address, LoadStageOptions stage, string[]? thresholds, string method, int connections, CancellationToken cancellationToken) =>
        new LoadDriver(new LoadOptions
        {
            Requests = [new RequestOptions { Method = method, Path = "/" }],
            Stages = [stage],
            Thresholds = thresholds ?? [],
        }, address, 1, TimeProvider.System, connections).RunAsync(null, cancellationToken);

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }
}
