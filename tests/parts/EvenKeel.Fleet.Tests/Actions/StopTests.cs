using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Tests.Fakes;

namespace EvenKeel.Fleet.Tests.Actions;

public sealed class StopTests
{
    [Fact]
    public async Task Traffic_is_withdrawn_and_drained_before_the_first_signal()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        fake.Traffic.Hang("web-1");

        var stop = fake.Fleet.StopAsync(FakeFleet.Token);
        await fake.UntilAsync("web-1", InstanceState.Draining);
        Assert.True(fake.Spawner.Of("web-1").Running);
        Assert.DoesNotContain("Terminate web-1", fake.Sequence);
        fake.Traffic.Finish("web-1");

        var report = Assert.Single(await stop);
        Assert.Equal(["Start web-1", "Admit web-1", "Withdraw web-1", "Drained web-1 0", "Terminate web-1"], fake.Sequence);
        Assert.Equal((StopStep.Terminate, 0), (report.EndedBy, report.InFlight));
        Assert.Equal(InstanceState.Stopped, fake["web-1"].State);
        Assert.Equal([6001], fake.Ports.Returned);
    }

    [Fact]
    public async Task A_drain_that_takes_too_long_is_cut_and_the_report_says_what_was_in_flight()
    {
        var web = FakeFleet.Web() with { Drain = new DrainOptions { Timeout = TimeSpan.FromSeconds(4) } };
        await using var fake = new FakeFleet(web);
        await fake.Fleet.StartAsync(FakeFleet.Token);
        fake.Traffic.Hang("web-1");

        var stop = fake.Fleet.StopAsync(FakeFleet.Token);
        await fake.UntilAsync("web-1", InstanceState.Draining);
        await fake.AdvanceUntilAsync(() => stop.IsCompleted, "stopped");

        var report = Assert.Single(await stop);
        Assert.Equal(1, report.InFlight);
        Assert.Contains("with 1 requests in flight", report.Text, StringComparison.Ordinal);
        Assert.InRange((await fake.SeenAsync<InstanceStopping>("web-1")).Drained.TotalSeconds, 4, 4.5);
    }

    [Fact]
    public async Task Who_ignores_SIGTERM_is_killed_after_the_grace()
    {
        var web = FakeFleet.Web() with { Drain = new DrainOptions { Grace = TimeSpan.FromSeconds(3) } };
        await using var fake = new FakeFleet(web);
        fake.Spawner.Prepare = process => process.ObeysTerminate = false;
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var stop = fake.Fleet.StopAsync(FakeFleet.Token);
        await fake.UntilAsync("web-1", InstanceState.Stopping);
        fake.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.DoesNotContain("Kill web-1", fake.Sequence);
        fake.Time.Advance(TimeSpan.FromSeconds(0.2));

        var report = Assert.Single(await stop);
        Assert.Equal(StopStep.Kill, report.EndedBy);
        Assert.Equal(9, report.Exit?.Signal);
        Assert.Equal("Kill web-1", fake.Sequence.Last());
    }

    [Fact]
    public async Task Members_of_the_session_that_survive_the_leader_are_killed_before_it_counts_as_stopped()
    {
        await using var fake = new FakeFleet();
        fake.Spawner.Prepare = process => process.Survivor = true;
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var report = Assert.Single(await StopAsync(fake));

        Assert.Equal(StopStep.Terminate, report.EndedBy);
        Assert.Equal(["Terminate web-1", "Kill web-1"], fake.Sequence.TakeLast(2));
        Assert.Empty(fake.Spawner.Of("web-1").Members());
    }

    [Fact]
    public async Task A_paused_instance_hears_SIGTERM_because_it_is_thawed()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        await fake.Fleet.PauseAsync(["web-1"], FakeFleet.Token);

        var report = Assert.Single(await fake.Fleet.StopAsync(FakeFleet.Token));

        Assert.Equal(StopStep.Terminate, report.EndedBy);
        Assert.Equal(["Terminate web-1", "Continue web-1"], fake.Sequence.TakeLast(2));
    }

    [Fact]
    public async Task An_instance_that_ends_while_it_is_drained_is_not_signalled()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        fake.Traffic.Hang("web-1");

        var stop = fake.Fleet.StopAsync(FakeFleet.Token);
        await fake.UntilAsync("web-1", InstanceState.Draining);
        fake.Spawner.Of("web-1").Exit(4);

        var report = Assert.Single(await stop);
        Assert.Equal((StopStep.OwnEnd, 4), (report.EndedBy, report.Exit?.Code));
        Assert.DoesNotContain("Terminate web-1", fake.Sequence);
    }

    [Fact]
    public async Task An_instance_that_waits_for_its_restart_stops_at_once_and_does_not_come_back()
    {
        await using var fake = new FakeFleet(FakeFleet.Web() with { Restart = new RestartOptions { Delay = TimeSpan.FromSeconds(5) } });
        await fake.Fleet.StartAsync(FakeFleet.Token);
        fake.Spawner.Of("web-1").Exit(1);
        await fake.UntilAsync("web-1", InstanceState.Waiting);

        var report = Assert.Single(await fake.Fleet.StopAsync(FakeFleet.Token));

        Assert.Equal(StopStep.NotRunning, report.EndedBy);
        fake.Time.Advance(TimeSpan.FromMinutes(5));
        await fake.UntilAsync("web-1", InstanceState.Stopped);
        Assert.Single(fake.Spawner.Started);
    }

    [Fact]
    public async Task All_instances_stop_at_the_same_time()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(3));
        await fake.Fleet.StartAsync(FakeFleet.Token);
        for (var i = 1; i <= 3; i++)
        {
            fake.Traffic.Hang($"web-{i}");
        }

        var stop = fake.Fleet.StopAsync(FakeFleet.Token);
        await fake.UntilAsync(() => fake.Fleet.Snapshot.Instances.All(instance => instance.State == InstanceState.Draining), "all draining");
        for (var i = 1; i <= 3; i++)
        {
            fake.Traffic.Finish($"web-{i}");
        }

        Assert.Equal(3, (await stop).Count);
    }

    [Fact]
    public async Task Stopping_twice_gives_the_same_report()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var first = await fake.Fleet.StopAsync(FakeFleet.Token);

        Assert.Equal(first, await fake.Fleet.StopAsync(FakeFleet.Token));
    }

    [Fact]
    public async Task A_process_that_even_SIGKILL_does_not_end_is_reported_with_its_pids()
    {
        var fake = new FakeFleet();
        fake.Spawner.Prepare = process => process.ObeysTerminate = process.ObeysKill = false;
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var stop = fake.Fleet.StopAsync(FakeFleet.Token);
        await fake.AdvanceUntilAsync(() => stop.IsCompleted, "given up");

        var error = await Assert.ThrowsAsync<InstanceActionException>(() => stop);
        Assert.Contains("web-1 did not stop in time; alive in its session: 1000", error.Message, StringComparison.Ordinal);
        fake.Spawner.Of("web-1").Exit(0);
        await fake.DisposeAsync();
    }

    private static async Task<IReadOnlyList<StopReport>> StopAsync(FakeFleet fake)
    {
        var stop = fake.Fleet.StopAsync(FakeFleet.Token);
        await fake.AdvanceUntilAsync(() => stop.IsCompleted, "stopped");
        return await stop;
    }
}
