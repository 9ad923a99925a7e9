using System.Collections.Concurrent;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>The rules of a loop itself: posts, timers, and what it reports.</summary>
public abstract class LoopConformance<TGroup> : LoopGroupFixture<TGroup>
    where TGroup : LoopGroup
{
    protected override LoopGroupOptions Options => base.Options with { BlockedAfter = TimeSpan.FromMilliseconds(500) };

    [Fact]
    public void Loops_are_numbered_and_no_caller_is_on_one()
    {
        Assert.Equal([0, 1], Group.Loops.Select(loop => loop.Index));
        Assert.DoesNotContain(Group.Loops, loop => loop.IsCurrent);
    }

    [Fact]
    public async Task Posts_of_many_threads_all_run_on_the_loop_in_each_thread_s_order()
    {
        const int Threads = 8;
        const int Each = 20_000;
        EventLoop loop = Group.Loops[1];
        var last = new int[Threads];
        int wrong = 0;
        Task[] posters = [.. Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (int i = 1; i <= Each; i++)
            {
                loop.Post(
                    state =>
                    {
                        int number = (int)state!;
                        wrong += !loop.IsCurrent || last[thread] != number - 1 ? 1 : 0;
                        last[thread] = number;
                    },
                    i);
            }
        }))];
        await Task.WhenAll(posters).Soon();
        Assert.Equal(0, await OnLoop(loop, () => wrong));
        Assert.All(last, count => Assert.Equal(Each, count));
    }

    [Fact]
    public async Task Timers_run_once_in_order_and_never_early()
    {
        EventLoop loop = Group.Loops[0];
        var ran = new ConcurrentQueue<(int Delay, TimeSpan After)>();
        long start = TimeProvider.System.GetTimestamp();
        await OnLoop(loop, () =>
        {
            foreach (int delay in new[] { 150, 30, 90, 0, 60 })
            {
                loop.Schedule(
                    TimeSpan.FromMilliseconds(delay),
                    _ => ran.Enqueue((delay, TimeProvider.System.GetElapsedTime(start))),
                    null);
            }
        });
        await Eventually.IsTrue(() => ran.Count == 5, "all timers ran");
        Assert.Equal([0, 30, 60, 90, 150], ran.Select(timer => timer.Delay));
        Assert.All(ran, timer => Assert.True(timer.After >= TimeSpan.FromMilliseconds(timer.Delay), $"{timer} was early"));
    }

    [Fact]
    public async Task A_cancelled_timer_does_not_run_even_when_a_timer_of_the_same_tick_cancels_it()
    {
        EventLoop loop = Group.Loops[0];
        var ran = new ConcurrentQueue<string>();
        await OnLoop(loop, () =>
        {
            LoopTimer second = null!;
            loop.Schedule(TimeSpan.FromMilliseconds(20), _ => second.Cancel(), null);
            second = loop.Schedule(TimeSpan.FromMilliseconds(20), _ => ran.Enqueue("cancelled"), null);
            LoopTimer third = loop.Schedule(TimeSpan.FromMilliseconds(10), _ => ran.Enqueue("cancelled"), null);
            third.Cancel();
            third.Cancel();
            loop.Schedule(TimeSpan.FromMilliseconds(60), _ => ran.Enqueue("last"), null);
        });
        await Eventually.IsTrue(() => !ran.IsEmpty, "the last timer ran");
        Assert.Equal(["last"], ran);
    }

    [Fact]
    public async Task A_timer_that_restarts_itself_runs_again_and_again_until_it_is_cancelled()
    {
        EventLoop loop = Group.Loops[0];
        int runs = 0;
        LoopTimer? timer = null;
        await OnLoop(loop, () => timer = loop.Schedule(
            TimeSpan.FromMilliseconds(10),
            _ =>
            {
                runs++;
                loop.Restart(timer!, TimeSpan.FromMilliseconds(10));
            },
            null));
        await Eventually.IsTrue(() => Volatile.Read(ref runs) >= 3, "it ran three times");
        await OnLoop(loop, () => timer!.Cancel());
        int last = Volatile.Read(ref runs);
        var ran = new TaskCompletionSource();
        await OnLoop(loop, () => loop.Schedule(TimeSpan.FromMilliseconds(50), _ => ran.SetResult(), null));
        await ran.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(last, Volatile.Read(ref runs));
    }

    [Fact]
    public async Task Timers_follow_the_clock_that_was_passed_in()
    {
        var time = new SteppedTime();
        await using LoopGroup group = Start(new LoopGroupOptions { Loops = 1, Time = time });
        var ran = new ConcurrentQueue<int>();
        EventLoop loop = group.Loops[0];
        await OnLoop(loop, () =>
        {
            loop.Schedule(TimeSpan.FromHours(2), _ => ran.Enqueue(2), null);
            loop.Schedule(TimeSpan.FromHours(1), _ => ran.Enqueue(1), null);
        });
        time.Advance(TimeSpan.FromMinutes(59));
        await OnLoop(loop, () => { });
        Assert.Empty(ran);
        time.Advance(TimeSpan.FromMinutes(2));
        await Eventually.IsTrue(() => ran.Count == 1, "the first timer ran");
        time.Advance(TimeSpan.FromMinutes(60));
        await Eventually.IsTrue(() => ran.Count == 2, "the second timer ran");
        Assert.Equal([1, 2], ran);
    }

    [Fact]
    public async Task A_post_or_timer_that_throws_is_reported_and_the_loop_goes_on()
    {
        EventLoop loop = Group.Loops[0];
        loop.Post(_ => throw new InvalidOperationException("posted"), null);
        await OnLoop(loop, () => { loop.Schedule(TimeSpan.Zero, _ => throw new InvalidOperationException("timer"), null); });
        await Eventually.IsTrue(() => Observer.Failures.Count == 2, "both were reported");
        Assert.Equal(["posted", "timer"], Observer.Failures.Select(error => error.Message));
        Assert.True(await OnLoop(loop, () => loop.IsCurrent));
    }

    [Fact]
    public async Task A_callback_that_throws_ends_its_own_connection_only()
    {
        var failing = new RecordingHandler { WhenReceived = (_, _) => throw new InvalidOperationException("handler") };
        (_, var failingPeer) = await Accept(failing);
        var healthy = new RecordingHandler { WhenReceived = Echo };
        (_, var healthyPeer) = await Accept(healthy);
        await failingPeer.SendAsync("x"u8.ToArray());
        Assert.Equal(CloseReason.HandlerFailed, await failing.Closed.Soon());
        Assert.Equal("handler", Assert.Single(Observer.Failures).Message);
        await healthyPeer.SendAsync("y"u8.ToArray());
        Assert.Equal("y"u8.ToArray(), await ReadExactly(healthyPeer, 1));
        Assert.Equal(0, healthy.Closes);
    }

    [Fact]
    public async Task A_callback_that_throws_in_any_place_still_sees_one_close()
    {
        RecordingHandler[] handlers =
        [
            new() { WhenOpened = _ => throw new InvalidOperationException("opened") },
            new() { WhenReceiveEnded = _ => throw new InvalidOperationException("ended") },
            new() { WhenOpened = SendUntilBacklogged, WhenDrained = _ => throw new InvalidOperationException("drained") },
            new() { WhenReceived = (_, bytes) => bytes.Data.Length + 1 },
        ];
        foreach (RecordingHandler handler in handlers)
        {
            await using Listener listener = Listen(_ => handler);
            await DialAndBeReset(listener.Local);
            Assert.Equal(CloseReason.HandlerFailed, await handler.Closed.Soon());
            Assert.Equal(1, handler.Closes);
        }

        Assert.Equal(4, Observer.Failures.Count);
    }

    [Fact]
    public async Task A_callback_that_keeps_the_loop_is_reported()
    {
        using var never = new ManualResetEventSlim();
        var handler = new RecordingHandler
        {
            WhenReceived = (_, bytes) =>
            {
                never.Wait(TimeSpan.FromMilliseconds(600));
                return bytes.Data.Length;
            },
        };
        (Connection connection, var peer) = await Accept(handler);
        await peer.SendAsync("x"u8.ToArray());
        await Eventually.IsTrue(() => Observer.Blocked.Contains("OnReceived"), "the slow callback was reported");
        Assert.Equal(0, handler.Closes);
        Assert.True(await OnLoop(connection.Loop, () => connection.IsOpen));
    }

    private static void SendUntilBacklogged(Connection connection)
    {
        while (connection.Send(new byte[1_000_000]) != SendResult.Backlogged)
        {
        }
    }

    private static int Echo(Connection connection, ReceivedBytes bytes)
    {
        connection.Send(bytes.Data);
        return bytes.Data.Length;
    }
}
