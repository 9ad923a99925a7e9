using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Tests.Fakes;

namespace EvenKeel.Fleet.Tests.Actions;

public sealed class RestartTests
{
    [Fact]
    public async Task A_restart_drains_first_and_completes_when_the_next_life_is_ready()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var report = await fake.Fleet.RestartAsync("web-1", FakeFleet.Token);

        Assert.Equal((StopStep.Terminate, 1), (report.EndedBy, report.Generation));
        Assert.Equal((InstanceState.Ready, 2), (fake["web-1"].State, fake["web-1"].Generation));
        Assert.Equal(
            ["Start web-1", "Admit web-1", "Withdraw web-1", "Drained web-1 0", "Terminate web-1", "Start web-1", "Admit web-1"], fake.Sequence);
        Assert.Empty(fake.Ports.Returned);
    }

    [Fact]
    public async Task A_restart_on_request_does_not_count_as_a_crash()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        for (var i = 0; i < 6; i++)
        {
            await fake.Fleet.RestartAsync("web-1", FakeFleet.Token);
        }

        fake.Spawner.Of("web-1").Exit(1);

        var restarting = await fake.SeenAsync<InstanceRestarting>("web-1", times: 7);
        Assert.Equal((TimeSpan.Zero, 1, false), (restarting.In, restarting.EndsInARow, restarting.Failed));
    }

    [Fact]
    public async Task An_instance_in_back_off_is_started_at_once()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        for (var life = 1; life <= 5; life++)
        {
            await fake.AdvanceUntilAsync(() => fake["web-1"].Generation == life && fake["web-1"].State == InstanceState.Ready, $"life {life}");
            fake.Spawner.Of("web-1").Exit(1);
        }

        await fake.UntilAsync("web-1", InstanceState.Failed);

        var report = await fake.Fleet.RestartAsync("web-1", FakeFleet.Token);

        Assert.Equal(StopStep.NotRunning, report.EndedBy);
        Assert.Equal((InstanceState.Ready, 6), (fake["web-1"].State, fake["web-1"].Generation));
    }

    [Fact]
    public async Task The_delay_of_a_slow_machine_applies_to_a_restart_too()
    {
        await using var fake = new FakeFleet(FakeFleet.Web() with { Restart = new RestartOptions { Delay = TimeSpan.FromSeconds(6) } });
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var restart = fake.Fleet.RestartAsync("web-1", FakeFleet.Token);
        await fake.UntilAsync("web-1", InstanceState.Waiting);
        fake.Time.Advance(TimeSpan.FromSeconds(5.9));
        await fake.UntilAsync("web-1", InstanceState.Waiting);
        Assert.Single(fake.Spawner.Started);
        fake.Time.Advance(TimeSpan.FromSeconds(0.2));

        await restart;
    }

    [Fact]
    public async Task An_instance_that_is_being_stopped_is_not_restarted()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2));
        await fake.Fleet.StartAsync(FakeFleet.Token);
        fake.Traffic.Hang("web-2");
        var scale = fake.Fleet.ScaleAsync("web", 1, FakeFleet.Token);
        await fake.UntilAsync("web-2", InstanceState.Draining);

        var error = await Assert.ThrowsAsync<InstanceActionException>(() => fake.Fleet.RestartAsync("web-2", FakeFleet.Token));

        Assert.Equal("Cannot restart web-2: it is on its way out already (draining).", error.Message);
        fake.Traffic.Finish("web-2");
        await scale;
    }
}
