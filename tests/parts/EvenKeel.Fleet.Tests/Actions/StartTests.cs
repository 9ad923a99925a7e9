using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Tests.Fakes;

namespace EvenKeel.Fleet.Tests.Actions;

public sealed class StartTests
{
    [Fact]
    public async Task A_started_fleet_has_all_instances_ready_and_admitted()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(3));

        await fake.Fleet.StartAsync(FakeFleet.Token);

        Assert.Equal(["web-1", "web-2", "web-3"], fake.Fleet.Snapshot.Instances.Select(instance => instance.Name));
        Assert.All(fake.Fleet.Snapshot.Instances, instance =>
        {
            Assert.Equal(InstanceState.Ready, instance.State);
            Assert.Equal(1, instance.Generation);
            Assert.True(instance.Admitted);
            Assert.Equal(fake.Spawner.Of(instance.Name).Id, instance.Pid);
            Assert.Equal(fake.Spawner.Of(instance.Name).Port, instance.Port);
        });
        Assert.Equal(3, fake.Traffic.Admitted.Count);
        Assert.Equal("web-2#1", fake["web-2"].Label);
    }

    [Fact]
    public async Task Ports_come_from_the_service_when_it_names_some()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2) with { Ports = [5001, 5002] });

        await fake.Fleet.StartAsync(FakeFleet.Token);

        Assert.Equal([5001, 5002], fake.Fleet.Snapshot.Instances.Select(instance => instance.Port ?? 0));
        await fake.Fleet.StopAsync(FakeFleet.Token);
        Assert.Equal([5001, 5002], fake.Ports.Named);
        Assert.Equal([5001, 5002], fake.Ports.Returned.Order());
    }

    [Fact]
    public async Task A_named_port_that_somebody_has_fails_the_start_and_is_tried_again()
    {
        await using var fake = new FakeFleet(FakeFleet.Web() with { Ports = [5001] });
        fake.Ports.Busy.Add(5001);

        var error = await Assert.ThrowsAsync<InstanceActionException>(() => fake.Fleet.StartAsync(FakeFleet.Token));
        Assert.Equal("web-1 could not be started: Port 5001 is used by process 4711 (nginx).", error.Message);
        Assert.Empty(fake.Spawner.Started);

        fake.Ports.Busy.Clear();
        await fake.AdvanceUntilAsync(() => fake["web-1"].State == InstanceState.Ready, "ready");
    }

    [Fact]
    public async Task It_waits_for_the_slowest_instance_and_says_how_long_it_took()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2));
        fake.Spawner.Prepare = process => process.Healthy = process.Instance != "web-2";

        var start = fake.Fleet.StartAsync(FakeFleet.Token);
        await fake.UntilAsync("web-1", InstanceState.Ready);
        await fake.AdvanceUntilAsync(() => fake.Time.Now >= TimeSpan.FromSeconds(3), "3 s");
        Assert.Equal(InstanceState.Starting, fake["web-2"].State);
        Assert.Equal("GET /ready answered 503", fake["web-2"].Reason);
        Assert.False(fake["web-2"].Admitted);
        Assert.False(start.IsCompleted);

        fake.Spawner.Of("web-2").Healthy = true;
        await fake.AdvanceUntilAsync(() => start.IsCompleted, "started");

        await start;
        Assert.InRange((await fake.SeenAsync<InstanceReady>("web-2")).After.TotalSeconds, 3, 3.5);
    }

    [Fact]
    public async Task A_program_that_cannot_be_run_fails_the_start_at_once_with_the_reason()
    {
        await using var fake = new FakeFleet();
        fake.Spawner.Prepare = _ => throw new ProcessStartException("'server' is not in PATH");

        var error = await Assert.ThrowsAsync<InstanceActionException>(() => fake.Fleet.StartAsync(FakeFleet.Token));

        Assert.Contains("web-1 could not be started: 'server' is not in PATH", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_could_not_be_run_is_tried_again()
    {
        await using var fake = new FakeFleet();
        fake.Spawner.Prepare = _ => throw new ProcessStartException("'server' is not in PATH");
        await Assert.ThrowsAsync<InstanceActionException>(() => fake.Fleet.StartAsync(FakeFleet.Token));

        fake.Spawner.Prepare = _ => { };
        await fake.AdvanceUntilAsync(() => fake["web-1"].State == InstanceState.Ready, "ready");
    }

    [Fact]
    public async Task Each_instance_that_ends_again_and_again_is_named_as_failed()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2));
        fake.Spawner.Prepare = process =>
        {
            if (process.Instance == "web-2")
            {
                process.Exit(3);
            }
        };

        var start = fake.Fleet.StartAsync(FakeFleet.Token);
        await fake.AdvanceUntilAsync(() => start.IsCompleted, "start given up");

        var error = await Assert.ThrowsAsync<InstanceActionException>(() => start);
        Assert.Contains("web-2 failed: ended with exit code 3", Assert.Single(error.Failures), StringComparison.Ordinal);
        Assert.Equal(InstanceState.Failed, fake["web-2"].State);
        Assert.Equal(InstanceState.Ready, fake["web-1"].State);
    }

    [Fact]
    public async Task An_instance_that_is_not_ready_within_its_limit_is_killed_and_started_again()
    {
        var web = FakeFleet.Web() with { Health = new HealthOptions { Ready = "/ready", Start = TimeSpan.FromSeconds(5) } };
        await using var fake = new FakeFleet(web);
        fake.Spawner.Prepare = process => process.Healthy = false;

        var start = fake.Fleet.StartAsync(FakeFleet.Token);
        await fake.AdvanceUntilAsync(() => start.IsCompleted, "start given up");

        var error = await Assert.ThrowsAsync<InstanceActionException>(() => start);
        Assert.Contains("web-1 was not ready within 5 s: GET /ready answered 503", error.Message, StringComparison.Ordinal);
        var late = await fake.SeenAsync<InstanceStartTimedOut>("web-1");
        Assert.Equal("GET /ready answered 503", late.Reason);
        Assert.Equal(9, (await fake.SeenAsync<InstanceExited>("web-1")).Exit.Signal);
        await fake.UntilAsync(() => fake["web-1"].Generation == 2, "second life");
    }

    [Fact]
    public async Task Stop_in_the_middle_of_a_start_stops_everything_and_ends_the_start()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2));
        fake.Spawner.Prepare = process => process.Healthy = false;
        var start = fake.Fleet.StartAsync(FakeFleet.Token);
        await fake.UntilAsync("web-2", InstanceState.Starting);

        var reports = await fake.Fleet.StopAsync(FakeFleet.Token);

        Assert.All(reports, report => Assert.Equal(StopStep.Terminate, report.EndedBy));
        var error = await Assert.ThrowsAsync<InstanceActionException>(() => start);
        Assert.Contains("web-1 was stopped before it was ready", error.Message, StringComparison.Ordinal);
        Assert.All(fake.Spawner.Started, process => Assert.False(process.Running));
    }

    [Fact]
    public async Task Cancelling_a_start_ends_the_wait_and_not_the_instances()
    {
        await using var fake = new FakeFleet();
        fake.Spawner.Prepare = process => process.Healthy = false;
        using var cancel = new CancellationTokenSource();
        var start = fake.Fleet.StartAsync(cancel.Token);
        await fake.UntilAsync(() => fake.Fleet.Snapshot.Find("web-1")?.State == InstanceState.Starting, "starting");

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.True(fake.Spawner.Of("web-1").Running);
    }

    [Fact]
    public async Task A_fleet_starts_once()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);

        await Assert.ThrowsAsync<InvalidOperationException>(() => fake.Fleet.StartAsync(FakeFleet.Token));
    }

    [Fact]
    public async Task Disposing_a_running_fleet_kills_its_sessions()
    {
        var fake = new FakeFleet(FakeFleet.Web(2));
        await fake.Fleet.StartAsync(FakeFleet.Token);

        await fake.DisposeAsync();

        Assert.All(fake.Spawner.Started, process => Assert.True(process.Disposed));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => fake.Fleet.StopAsync(FakeFleet.Token));
    }

    [Fact]
    public void Services_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FakeFleet(FakeFleet.Web(), FakeFleet.Web()));
        Assert.Throws<ArgumentException>(() => new FakeFleet(FakeFleet.Web(2) with { Ports = [5001] }));
    }

    [Fact]
    public async Task A_fleet_without_services_starts_and_stops_at_once()
    {
        await using var fake = new FakeFleet(options => options with { Services = [] });

        await fake.Fleet.StartAsync(FakeFleet.Token);
        Assert.Empty(fake.Fleet.Snapshot.Instances);
        Assert.Empty(await fake.Fleet.StopAsync(FakeFleet.Token));
    }
}
