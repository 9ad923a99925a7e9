using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Tests.Fakes;

namespace EvenKeel.Fleet.Tests.Actions;

public sealed class ScaleTests
{
    [Fact]
    public async Task New_instances_take_the_next_numbers_and_the_highest_numbers_leave()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2));
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var up = await fake.Fleet.ScaleAsync("web", 4, FakeFleet.Token);
        Assert.Equal(["web-3", "web-4"], up.Started);
        Assert.Equal(4, fake.Traffic.Admitted.Count);

        var down = await fake.Fleet.ScaleAsync("web", 1, FakeFleet.Token);
        Assert.Equal(["web-2", "web-3", "web-4"], down.Stopped.Select(report => report.Instance).Order());
        Assert.Equal(["web-1"], fake.Traffic.Admitted.Keys);
        await fake.UntilAsync(() => fake.Fleet.Snapshot.Instances.Count == 1, "one instance");
        Assert.Equal([6002, 6003, 6004], fake.Ports.Returned.Order());
        Assert.Equal([(2, 4), (4, 1)], fake.Recorder.Events.OfType<ServiceScaled>().Select(scaled => (scaled.From, scaled.To)));
    }

    [Fact]
    public async Task A_number_that_comes_back_counts_its_lives_on()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2));
        await fake.Fleet.StartAsync(FakeFleet.Token);
        await fake.Fleet.ScaleAsync("web", 1, FakeFleet.Token);

        await fake.Fleet.ScaleAsync("web", 2, FakeFleet.Token);

        Assert.Equal("web-2#2", fake["web-2"].Label);
    }

    [Fact]
    public async Task A_service_can_have_no_instance_and_come_back()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);

        await fake.Fleet.ScaleAsync("web", 0, FakeFleet.Token);
        Assert.Empty(fake.Traffic.Admitted);

        Assert.Equal(["web-1"], (await fake.Fleet.ScaleAsync("web", 1, FakeFleet.Token)).Started);
    }

    [Fact]
    public async Task The_number_that_is_there_changes_nothing()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2));
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var report = await fake.Fleet.ScaleAsync("web", 2, FakeFleet.Token);

        Assert.Empty(report.Started);
        Assert.Empty(report.Stopped);
        Assert.Equal(2, fake.Spawner.Started.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    public async Task Impossible_numbers_are_refused(int instances)
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fake.Fleet.ScaleAsync("web", instances, FakeFleet.Token));
    }

    [Fact]
    public async Task A_service_that_names_its_ports_has_as_many_instances_at_most()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2) with { Ports = [5001, 5002] });
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fake.Fleet.ScaleAsync("web", 3, FakeFleet.Token));

        Assert.Contains("web names 2 ports", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_port_is_not_several()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(1) with { Ports = [5001] });
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => fake.Fleet.ScaleAsync("web", 2, FakeFleet.Token));

        Assert.StartsWith("web names 1 port, so it can have 0 to 1 instances", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_service_is_refused_with_the_names_there_are()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);

        var error = await Assert.ThrowsAsync<ServiceNotFoundException>(() => fake.Fleet.ScaleAsync("wep", 3, FakeFleet.Token));

        Assert.Equal("No service is called 'wep'. Did you mean web? There are: web.", error.Message);
    }

    [Fact]
    public async Task New_instances_that_do_not_become_ready_fail_the_scaling()
    {
        await using var fake = new FakeFleet();
        await fake.Fleet.StartAsync(FakeFleet.Token);
        fake.Spawner.Prepare = process => process.Exit(7);

        var scale = fake.Fleet.ScaleAsync("web", 2, FakeFleet.Token);
        await fake.AdvanceUntilAsync(() => scale.IsCompleted, "given up");

        var error = await Assert.ThrowsAsync<InstanceActionException>(() => scale);
        Assert.Contains("web-2 failed: ended with exit code 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_leaves_takes_no_requests_while_the_others_do()
    {
        await using var fake = new FakeFleet(FakeFleet.Web(2));
        await fake.Fleet.StartAsync(FakeFleet.Token);
        fake.Traffic.Hang("web-2");

        var scale = fake.Fleet.ScaleAsync("web", 1, FakeFleet.Token);
        await fake.UntilAsync("web-2", InstanceState.Draining);
        Assert.Equal(["web-1"], fake.Traffic.Admitted.Keys);
        fake.Traffic.Finish("web-2");

        await scale;
    }

    [Fact]
    public async Task A_fleet_that_was_not_started_or_is_stopped_is_not_scaled()
    {
        await using var fake = new FakeFleet();
        await Assert.ThrowsAsync<InvalidOperationException>(() => fake.Fleet.ScaleAsync("web", 2, FakeFleet.Token));
        await fake.Fleet.StartAsync(FakeFleet.Token);
        await fake.Fleet.StopAsync(FakeFleet.Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => fake.Fleet.ScaleAsync("web", 2, FakeFleet.Token));
    }
}
