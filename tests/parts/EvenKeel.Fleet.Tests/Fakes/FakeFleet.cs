using System.Collections.Concurrent;
using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;

namespace EvenKeel.Fleet.Tests.Fakes;

/// <summary>A fleet whose processes, clock, checks and balancer are in memory.</summary>
internal sealed class FakeFleet : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public FakeFleet(params ServiceOptions[] services)
        : this(options => options, services)
    {
    }

    public FakeFleet(Func<FleetOptions, FleetOptions> change, params ServiceOptions[] services)
    {
        Spawner = new FakeSpawner(Sequence);
        Traffic = new FakeTraffic(Sequence);
        Fleet = new FleetSupervisor(change(new FleetOptions
        {
            ClusterName = "shop",
            Services = services.Length > 0 ? services : [Web()],
            Spawner = Spawner,
            Ports = Ports,
            Traffic = Traffic,
            Recorder = Recorder,
            Probe = Probe,
            Time = Time,
            Seed = 1,
        }));
    }

    /// <summary>What happened at the seams, in order.</summary>
    public ConcurrentQueue<string> Sequence { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public FakeSpawner Spawner { get; }

    public FakeProbe Probe { get; } = new();

    public FakePorts Ports { get; } = new();

    public FakeTraffic Traffic { get; }

    public Recorder Recorder { get; } = new();

    public FleetSupervisor Fleet { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ServiceOptions Web(int instances = 1) => new()
    {
        Name = "web",
        Command = ["server"],
        Directory = "/srv",
        Instances = instances,
        Health = new HealthOptions { Ready = "/ready" },
    };

    public InstanceSnapshot this[string instance] => Fleet.Snapshot.Find(instance) ?? throw new KeyNotFoundException(instance);

    /// <summary>Waits until something is so, without moving the clock.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Deadline)
            {
                Assert.Fail($"Still not: {what}.\n{string.Join('\n', Recorder.Events)}\n{string.Join('\n', Sequence)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Token);
        }
    }

    public Task UntilAsync(string instance, InstanceState state) =>
        UntilAsync(() => Fleet.Snapshot.Find(instance)?.State == state, $"{instance} {state}");

    /// <summary>Waits until an event was recorded so many times.</summary>
    public async Task<T> SeenAsync<T>(string instance, int times = 1)
        where T : FleetEvent
    {
        await UntilAsync(() => Recorder.Of<T>(instance).Count >= times, $"{times} x {typeof(T).Name} of {instance}");
        return Recorder.Of<T>(instance)[times - 1];
    }

    /// <summary>Moves the clock in small steps until something is so, letting the fleet work between the steps.</summary>
    public async Task AdvanceUntilAsync(Func<bool> condition, string what, TimeSpan? step = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline, $"Still not: {what}.\n{string.Join('\n', Recorder.Events)}");
            Time.Advance(step ?? TimeSpan.FromMilliseconds(50));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
        }
    }

    public ValueTask DisposeAsync() => Fleet.DisposeAsync();
}
