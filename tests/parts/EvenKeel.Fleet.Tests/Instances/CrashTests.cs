using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Tests.Fakes;

namespace EvenKeel.Fleet.Tests.Instances;

public sealed class CrashTests
{
    [Fact]
    public async Task The_first_crash_restarts_at_once_on_the_same_port()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);

        fake.Spawner.Of("web-1").Exit(1);

        await fake.UntilAsync(() => fake["web-1"] is { State: InstanceState.Ready, Generation: 2, Port: 6001, Restarts: 1 }, "second life");
        Assert.Equal(1, fake["web-1"].LastExit?.Code);
        Assert.Equal("2", fake.Spawner.Of("web-1").Start.Environment["EVENKEEL_GENERATION"]);
    }

    [Fact]
    public async Task The_second_crash_in_a_row_waits()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        fake.Spawner.Of("web-1").Exit(1);
        await fake.UntilAsync(() => fake["web-1"] is { State: InstanceState.Ready, Generation: 2 }, "second life");

        fake.Spawner.Of("web-1").Exit(1);

        var restarting = await fake.SeenAsync<InstanceRestarting>("web-1", times: 2);
        Assert.InRange(restarting.In.TotalMilliseconds, 250, 500);
        Assert.Equal(InstanceState.Waiting, fake["web-1"].State);
        Assert.Null(fake["web-1"].Pid);
        Assert.Equal("ended with exit code 1", fake["web-1"].Reason);
        fake.Time.Advance(restarting.In - TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, fake.Spawner.Started.Count);
        fake.Time.Advance(TimeSpan.FromMilliseconds(1));
        await fake.UntilAsync(() => fake["web-1"].Generation == 3, "third life");
    }

    [Fact]
    public async Task Five_ends_in_a_minute_show_as_failed_and_the_instance_is_still_tried()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        fake.Spawner.Prepare = process => process.Exit(5);
        fake.Spawner.Of("web-1").Exit(5);

        await fake.AdvanceUntilAsync(() => fake["web-1"].State == InstanceState.Failed, "failed");
        var restarting = await fake.SeenAsync<InstanceRestarting>("web-1", times: 5);
        Assert.True(restarting.Failed);
        Assert.InRange(restarting.In.TotalSeconds, 15, 30);

        fake.Spawner.Prepare = _ => { };
        await fake.AdvanceUntilAsync(() => fake["web-1"].State == InstanceState.Ready, "ready", TimeSpan.FromSeconds(1));
        Assert.Equal(6, fake["web-1"].Generation);
    }

    [Fact]
    public async Task Enough_ready_time_forgives_earlier_crashes()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        for (var life = 1; life <= 3; life++)
        {
            await fake.UntilAsync(() => fake["web-1"].State == InstanceState.Ready && fake["web-1"].Generation == life, $"life {life}");
            await fake.AdvanceUntilAsync(() => fake.Time.Now > TimeSpan.FromSeconds(12 * life), "12 s", TimeSpan.FromMilliseconds(500));
            fake.Spawner.Of("web-1").Exit(1);
            Assert.Equal(TimeSpan.Zero, (await fake.SeenAsync<InstanceRestarting>("web-1", life)).In);
        }
    }

    [Fact]
    public async Task The_crash_event_carries_the_exit_and_the_last_twenty_lines_of_that_life()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        var process = fake.Spawner.Of("web-1");
        for (var i = 1; i <= 30; i++)
        {
            process.Say($"line {i}\n");
        }

        process.Complain("fatal: no memory");
        process.Exit(134);

        var exited = await fake.SeenAsync<InstanceExited>("web-1");
        Assert.Equal("web-1#1 ended after 0 ms with exit code 134", exited.ToString());
        Assert.False(exited.Wanted);
        Assert.Equal(20, exited.LastLines.Count);
        Assert.Contains(exited.LastLines, line => line is { IsError: true, Text: "fatal: no memory" });
        Assert.Contains(exited.LastLines, line => line.Text == "line 30");
        Assert.DoesNotContain(exited.LastLines, line => line.Text == "line 5");

        await fake.UntilAsync(() => fake["web-1"].Generation == 2, "second life");
        fake.Spawner.Of("web-1").Exit(1);
        Assert.Empty((await fake.SeenAsync<InstanceExited>("web-1", times: 2)).LastLines);
    }

    [Fact]
    public async Task What_survives_a_crashed_leader_is_killed_before_the_next_life_begins()
    {
        await using var fake = new FakeFleet();
        fake.Spawner.Prepare = process => process.Survivor = true;
        await fake.Fleet.StartAsync(FakeFleet.Token);

        fake.Spawner.Of("web-1").Exit(1);

        await fake.AdvanceUntilAsync(() => fake["web-1"] is { State: InstanceState.Ready, Generation: 2 }, "second life");
        Assert.Equal(
            ["Start web-1", "Admit web-1", "Withdraw web-1", "Kill web-1", "Start web-1", "Admit web-1"],
            fake.Sequence.Where(step => !step.StartsWith("Drained", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_delay_of_a_slow_machine_is_added_to_the_first_restart()
    {
        await using var fake = new FakeFleet(FakeFleet.Web() with { Restart = new RestartOptions { Delay = TimeSpan.FromSeconds(8) } });
        await fake.Fleet.StartAsync(FakeFleet.Token);

        fake.Spawner.Of("web-1").Exit(1);

        Assert.Equal(TimeSpan.FromSeconds(8), (await fake.SeenAsync<InstanceRestarting>("web-1")).In);
    }

    [Fact]
    public async Task Instances_draw_their_waits_apart_and_the_seed_draws_them_again()
    {
        var first = await WaitsAsync(seed: 3);
        Assert.Equal(3, first.Distinct().Count());
        Assert.Equal(first, await WaitsAsync(seed: 3));
        Assert.NotEqual(first, await WaitsAsync(seed: 4));

        static async Task<List<TimeSpan>> WaitsAsync(int seed)
        {
            await using var fake = new FakeFleet(options => options with { Seed = seed }, FakeFleet.Web(3));
            await fake.Fleet.StartAsync(FakeFleet.Token);
            List<TimeSpan> waits = [];
            foreach (var name in new[] { "web-1", "web-2", "web-3" })
            {
                fake.Spawner.Of(name).Exit(1);
                await fake.UntilAsync(() => fake[name] is { State: InstanceState.Ready, Generation: 2 }, "second life");
                fake.Spawner.Of(name).Exit(1);
                waits.Add((await fake.SeenAsync<InstanceRestarting>(name, times: 2)).In);
            }

            return waits;
        }
    }
}
