using System.Collections.Concurrent;
using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Addresses;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Ports;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Tests.Fakes;
using EvenKeel.Fleet.Tests.Processes;

namespace EvenKeel.Fleet.Tests;

/// <summary>A fleet of real processes: the test server, started by this system's spawner and checked over sockets.</summary>
internal sealed class RealFleet : IAsyncDisposable
{
    private readonly AllocatedPorts _ports = new(new PortAllocator());
    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });

    public RealFleet(ServiceOptions service, bool checkedPorts = true)
    {
        Traffic = new FakeTraffic(Sequence);
        Fleet = new FleetSupervisor(new FleetOptions
        {
            ClusterName = "test",
            Services = [service],
            Spawner = ProcessSpawner.Create(TimeProvider.System),
            Ports = checkedPorts ? _ports : new UncheckedPorts(_ports),
            Traffic = Traffic,
            Recorder = Recorder,
            Environment = CompanionProgram.Environment,
            Seed = 1,
        });
    }

    public ConcurrentQueue<string> Sequence { get; } = new();

    public FakeTraffic Traffic { get; }

    public Recorder Recorder { get; } = new();

    public FleetSupervisor Fleet { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public InstanceSnapshot this[string instance] => Fleet.Snapshot.Find(instance) ?? throw new KeyNotFoundException(instance);

    public static ServiceOptions Web(int instances, params string[] words) => new()
    {
        Name = "web",
        Command = [Path.Combine(AppContext.BaseDirectory, "EvenKeel.Fleet.TestServer"), .. words],
        Directory = AppContext.BaseDirectory,
        Instances = instances,
        Health = new HealthOptions
        {
            Ready = "/ready",
            Interval = TimeSpan.FromMilliseconds(100),
            Timeout = TimeSpan.FromSeconds(5),
            Start = TimeSpan.FromSeconds(120),
        },
        Drain = new DrainOptions { Timeout = TimeSpan.FromSeconds(5), Grace = TimeSpan.FromSeconds(30) },
    };

    public Task<string> GetAsync(string instance, string path) =>
        _client.GetStringAsync($"http://127.0.0.1:{this[instance].Port}{path}", Token);

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(120))
            {
                Assert.Fail($"Still not: {what}.\n{string.Join('\n', Recorder.Events)}\n{string.Join('\n', Sequence)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Token);
        }
    }

    public async Task<T> SeenAsync<T>(string instance)
        where T : FleetEvent
    {
        await UntilAsync(() => Recorder.Of<T>(instance).Count > 0, $"{typeof(T).Name} of {instance}");
        return Recorder.Of<T>(instance)[0];
    }

    /// <summary>True when no process has the id, or only what waits to be reaped.</summary>
    public static bool IsGone(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(") ")[1].StartsWith('Z');
        }
        catch (IOException)
        {
            return true;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        _client.Dispose();
        _ports.Dispose();
    }

    // Gives any named port, so that the tests see what the checks find out by themselves.
    private sealed class UncheckedPorts(IPortSource free) : IPortSource
    {
        public int Take() => free.Take();

        public void Take(int port)
        {
        }

        public void Return(int port) => free.Return(port);
    }
}
