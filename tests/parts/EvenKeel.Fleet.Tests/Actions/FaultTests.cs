using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Tests.Fakes;

namespace EvenKeel.Fleet.Tests.Actions;

public sealed class FaultTests
{
    [Fact]
    public async Task A_kill_is_confirmed_and_the_instance_comes_back_in_its_next_life()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2));
        await fake.Fleet.StartAsync(FakeFleet.Token);
        var pid = fake["web-2"].Pid!.Value;

        var receipt = Assert.Single(await fake.Fleet.KillAsync(["web-2"], FakeFleet.Token));

        Assert.Equal(("web-2", 1), (receipt.Instance, receipt.Generation));
        Assert.Equal([pid], receipt.Pids);
        Assert.NotNull(receipt.Confirmed);
        Assert.False(fake.Spawner.Started[1].Running);
        await fake.UntilAsync(() => fake["web-2"] is { State: InstanceState.Ready, Generation: 2, Restarts: 1 }, "back");
        Assert.Equal(2, fake.Traffic.Admitted["web-2"]);
    }

    [Fact]
    public async Task A_killed_instance_is_withdrawn_without_a_drain_and_admitted_when_it_is_ready_again()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        fake.Traffic.Hang("web-1");

        await fake.Fleet.KillAsync(["web-1"], FakeFleet.Token);
        await fake.UntilAsync(() => fake["web-1"] is { State: InstanceState.Ready, Generation: 2 }, "back");

        Assert.Equal(
            ["Start web-1", "Admit web-1", "Kill web-1", "Withdraw web-1", "Start web-1", "Admit web-1"],
            fake.Sequence.Where(step => !step.StartsWith("Drained", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Several_are_all_signalled_before_any_is_waited_for()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(3));
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var receipts = await fake.Fleet.KillAsync(["web-3", "web-1", "web-3"], FakeFleet.Token);

        Assert.Equal(["web-3", "web-1"], receipts.Select(receipt => receipt.Instance));
        var kills = fake.Sequence.Skip(6).Take(2);
        Assert.Equal(["Kill web-3", "Kill web-1"], kills);
        Assert.Equal(receipts[0].Signalled, receipts[1].Signalled);
    }

    [Fact]
    public async Task A_kill_that_is_not_observed_is_an_error_with_the_pids_that_are_left()
    {
        await using var fake = new FakeFleet();
        fake.Spawner.Prepare = process => process.ObeysKill = false;
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var kill = fake.Fleet.KillAsync(["web-1"], FakeFleet.Token);
        await fake.AdvanceUntilAsync(() => kill.IsCompleted, "given up");

        var error = await Assert.ThrowsAsync<InstanceActionException>(() => kill);
        Assert.Equal("web-1 was killed, but of its session there are left: 1000", error.Message);
        fake.Spawner.Of("web-1").ObeysKill = true;
    }

    [Fact]
    public async Task An_unknown_instance_is_refused_before_anything_is_done()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2));
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var error = await Assert.ThrowsAsync<InstanceNotFoundException>(() => fake.Fleet.KillAsync(["web-1", "wbe-2"], FakeFleet.Token));

        Assert.Equal(["web-2"], error.Suggestions);
        Assert.Contains("No instance is called 'wbe-2'. Did you mean web-2? There are: web-1, web-2.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Kill web-1", fake.Sequence);
    }

    [Fact]
    public async Task An_instance_without_a_process_cannot_be_killed()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2) with { Restart = new RestartOptions { Delay = TimeSpan.FromSeconds(5) } });
        await fake.Fleet.StartAsync(FakeFleet.Token);
        await fake.Fleet.KillAsync(["web-1"], FakeFleet.Token);

        var error = await Assert.ThrowsAsync<InstanceActionException>(() => fake.Fleet.KillAsync(["web-2", "web-1"], FakeFleet.Token));

        Assert.Equal("Cannot kill web-1: it has no process (waiting).", error.Message);
        Assert.True(fake.Spawner.Of("web-2").Running);
    }

    [Fact]
    public async Task A_paused_instance_is_confirmed_frozen_and_serves_again_after_its_resume()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var paused = Assert.Single(await fake.Fleet.PauseAsync(["web-1"], FakeFleet.Token));
        Assert.NotNull(paused.Confirmed);
        Assert.Equal(InstanceState.Paused, fake["web-1"].State);
        Assert.True(fake.Spawner.Of("web-1").IsStopped());

        fake.Time.Advance(TimeSpan.FromMilliseconds(700));
        var resumed = Assert.Single(await fake.Fleet.ResumeAsync(["web-1"], FakeFleet.Token));
        Assert.NotNull(resumed.Confirmed);
        Assert.Equal(InstanceState.Ready, fake["web-1"].State);
        Assert.Equal(1, fake["web-1"].Generation);
        Assert.Equal(TimeSpan.FromMilliseconds(700), (await fake.SeenAsync<InstanceResumed>("web-1")).After);
    }

    [Fact]
    public async Task A_long_pause_takes_the_instance_out_of_the_traffic_but_does_not_restart_it()
    {
        var web = FakeFleet.Web() with { Health = new HealthOptions { Ready = "/ready", Live = "/live" } };
        await using var fake = new FakeFleet(web);
        await fake.Fleet.StartAsync(FakeFleet.Token);
        await fake.Fleet.PauseAsync(["web-1"], FakeFleet.Token);

        await fake.AdvanceUntilAsync(() => !fake["web-1"].Admitted, "out");
        var until = fake.Time.Now + TimeSpan.FromSeconds(20);
        await fake.AdvanceUntilAsync(() => fake.Time.Now > until, "20 s");
        Assert.Equal(InstanceState.Paused, fake["web-1"].State);
        Assert.Empty(fake.Recorder.Of<InstanceNotLive>("web-1"));

        await fake.Fleet.ResumeAsync(["web-1"], FakeFleet.Token);
        await fake.AdvanceUntilAsync(() => fake["web-1"] is { State: InstanceState.Ready, Admitted: true, Generation: 1 }, "back");
    }

    [Fact]
    public async Task The_start_limit_stands_still_during_a_pause()
    {
        await using var fake = new FakeFleet(FakeFleet.Web() with { Health = new HealthOptions { Ready = "/ready", Start = TimeSpan.FromSeconds(5) } });
        fake.Spawner.Prepare = process => process.Healthy = false;
        var start = fake.Fleet.StartAsync(FakeFleet.Token);
        await fake.UntilAsync(() => fake.Fleet.Snapshot.Find("web-1")?.State == InstanceState.Starting, "starting");
        await fake.Fleet.PauseAsync(["web-1"], FakeFleet.Token);

        await fake.AdvanceUntilAsync(() => fake.Time.Now > TimeSpan.FromSeconds(12), "12 s");

        Assert.Equal(1, fake["web-1"].Generation);
        Assert.Empty(fake.Recorder.Of<InstanceStartTimedOut>("web-1"));
        await Assert.ThrowsAsync<InstanceActionException>(() => start);
    }

    [Fact]
    public async Task A_pause_that_is_not_observed_is_taken_back_and_is_an_error()
    {
        await using var fake = new FakeFleet();
        fake.Spawner.Prepare = process => process.ObeysStop = false;
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var pause = fake.Fleet.PauseAsync(["web-1"], FakeFleet.Token);
        await fake.AdvanceUntilAsync(() => pause.IsCompleted, "given up");

        var error = await Assert.ThrowsAsync<InstanceActionException>(() => pause);
        Assert.Contains("The pause of web-1 was not seen within 10 s (pids 1000).", error.Message, StringComparison.Ordinal);
        Assert.Equal("Continue web-1", fake.Sequence.Last());
        Assert.Equal(InstanceState.Ready, fake["web-1"].State);
    }

    [Fact]
    public async Task Where_the_system_cannot_tell_the_receipt_is_not_confirmed()
    {
        await using var fake = new FakeFleet();
        fake.Spawner.Prepare = process => process.CanTellWhetherStopped = null;
        await fake.Fleet.StartAsync(FakeFleet.Token);

        Assert.Null(Assert.Single(await fake.Fleet.PauseAsync(["web-1"], FakeFleet.Token)).Confirmed);
        Assert.False((await fake.SeenAsync<InstancePaused>("web-1")).Confirmed);
    }

    [Fact]
    public async Task What_is_paused_cannot_be_paused_and_what_runs_cannot_be_resumed()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var resume = await Assert.ThrowsAsync<InstanceActionException>(() => fake.Fleet.ResumeAsync(["web-1"], FakeFleet.Token));
        Assert.Equal("Cannot resume web-1: it is not paused (ready).", resume.Message);
        await fake.Fleet.PauseAsync(["web-1"], FakeFleet.Token);
        var pause = await Assert.ThrowsAsync<InstanceActionException>(() => fake.Fleet.PauseAsync(["web-1"], FakeFleet.Token));
        Assert.Equal("Cannot pause web-1: it is paused already (paused).", pause.Message);
    }

    [Fact]
    public async Task A_paused_instance_can_be_killed_and_comes_back_running()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        await fake.Fleet.PauseAsync(["web-1"], FakeFleet.Token);

        await fake.Fleet.KillAsync(["web-1"], FakeFleet.Token);

        await fake.UntilAsync(() => fake["web-1"] is { State: InstanceState.Ready, Generation: 2 }, "back");
    }
}
