using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Tests.Fakes;

namespace EvenKeel.Fleet.Tests.Instances;

public sealed class HealthTests
{
    [Fact]
    public async Task Failures_in_a_row_take_an_instance_out_and_successes_in_a_row_bring_it_back()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        var failedAt = fake.Time.Now;
        fake.Spawner.Of("web-1").Healthy = false;

        await fake.AdvanceUntilAsync(() => fake["web-1"].State == InstanceState.Unready, "unready");
        Assert.InRange((fake.Time.Now - failedAt).TotalSeconds, 2, 4);
        Assert.False(fake["web-1"].Admitted);
        Assert.Empty(fake.Traffic.Admitted);
        Assert.Equal("web-1#1 unready: GET /ready answered 503", (await fake.SeenAsync<InstanceUnready>("web-1")).ToString());

        fake.Spawner.Of("web-1").Healthy = true;
        await fake.AdvanceUntilAsync(() => fake["web-1"].State == InstanceState.Ready, "ready");
        Assert.True(fake["web-1"].Admitted);
        Assert.Null(fake["web-1"].Reason);
        Assert.False((await fake.SeenAsync<InstanceReady>("web-1", times: 2)).First);
        Assert.Single(fake.Spawner.Started);
    }

    [Fact]
    public async Task Liveness_failures_in_a_row_restart_an_instance_without_a_drain()
    {
        var web = FakeFleet.Web() with { Health = new HealthOptions { Ready = "/ready", Live = "/live" } };
        await using var fake = new FakeFleet(web);
        await fake.Fleet.StartAsync(FakeFleet.Token);
        fake.Traffic.Hang("web-1");
        fake.Spawner.Of("web-1").Alive = false;

        await fake.AdvanceUntilAsync(() => fake["web-1"] is { State: InstanceState.Ready, Generation: 2 }, "second life");

        Assert.Equal("GET /live answered 503", (await fake.SeenAsync<InstanceNotLive>("web-1")).Reason);
        Assert.Equal(
            ["Start web-1", "Admit web-1", "Withdraw web-1", "Drained web-1 1", "Terminate web-1", "Start web-1", "Admit web-1"], fake.Sequence);
        Assert.Equal(1, (await fake.SeenAsync<InstanceRestarting>("web-1")).EndsInARow);
    }

    [Fact]
    public async Task Without_a_liveness_path_an_unready_instance_is_left_alone()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        fake.Spawner.Of("web-1").Healthy = fake.Spawner.Of("web-1").Alive = false;

        await fake.AdvanceUntilAsync(() => fake.Time.Now > TimeSpan.FromMinutes(2), "2 min", TimeSpan.FromMilliseconds(500));

        Assert.Equal((InstanceState.Unready, 1), (fake["web-1"].State, fake["web-1"].Generation));
    }

    [Fact]
    public async Task A_foreign_process_on_a_named_port_is_named_and_never_ready()
    {
        await using var fake = new FakeFleet(FakeFleet.Web() with { Ports = [5001] });
        fake.Probe.Foreigner = _ => "pid 4711 (nginx)";

        var start = fake.Fleet.StartAsync(FakeFleet.Token);
        var taken = await fake.SeenAsync<InstancePortTaken>("web-1");
        await fake.AdvanceUntilAsync(() => fake.Time.Now > TimeSpan.FromSeconds(10), "10 s");

        Assert.Equal("web-1#1 not ready: port 5001 is answered by pid 4711 (nginx), not by this instance", taken.ToString());
        Assert.Equal(InstanceState.Starting, fake["web-1"].State);
        Assert.Single(fake.Recorder.Of<InstancePortTaken>("web-1"));
        Assert.Empty(fake.Traffic.Admitted);
        Assert.False(start.IsCompleted);
        await fake.Fleet.StopAsync(FakeFleet.Token);
        await Assert.ThrowsAnyAsync<Exception>(() => start);
    }

    [Fact]
    public async Task A_foreign_process_on_a_port_of_the_source_costs_one_life_and_gives_another_port()
    {
        await using var fake = new FakeFleet();
        fake.Probe.Foreigner = port => port == 6001 ? "pid 4711 (nginx)" : null;

        await fake.Fleet.StartAsync(FakeFleet.Token);

        Assert.Equal((InstanceState.Ready, 2, 6002), (fake["web-1"].State, fake["web-1"].Generation, fake["web-1"].Port ?? 0));
        Assert.Equal([6001], fake.Ports.Returned);
    }
}
