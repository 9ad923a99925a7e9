using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Addresses;
using EvenKeel.Fleet.Instances;
using EvenKeel.Fleet.Ports;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Servers;

namespace EvenKeel.Fleet.Tests.Servers;

/// <summary>Real servers of every kind, set up in a folder of the test.</summary>
[Trait("Category", "Process")]
public sealed class ServerPlanProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evenkeel-servers-").FullName;
    private readonly AllocatedPorts _ports = new(new PortAllocator());
    private readonly HashSet<int> _promised = [];

    public ServerPlanProcessTests()
    {
        if (!OperatingSystem.IsWindows())
        {
            // The servers' users pass through it.
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        }
    }

    public void Dispose()
    {
        _ports.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task PostgreSQL_and_Redis_become_ready_before_who_refers_to_them_and_stop_after_it()
    {
        Need("/usr/lib/postgresql", "postgresql");
        Need("/usr/bin/redis-server", "redis-server");
        var services = await PlanAsync(
            Server("db", ServerKind.Postgres), Server("cache", ServerKind.Redis),
            Web() with
            {
                After = ["db", "cache"],
                Environment = new Dictionary<string, string> { ["DB"] = "${services.db.connection}", ["CACHE"] = "${services.cache.port}" },
            });

        Assert.StartsWith("postgres://postgres@127.0.0.1:", services[2].Environment["DB"], StringComparison.Ordinal);
        Assert.Equal(services[1].Ports[0], int.Parse(services[2].Environment["CACHE"], System.Globalization.CultureInfo.InvariantCulture));
        var recorder = new Fakes.Recorder();
        await using (var fleet = Fleet(services, recorder))
        {
            await fleet.StartAsync(RealFleet.Token);

            Assert.All(fleet.Snapshot.Instances, instance => Assert.Equal(InstanceState.Ready, instance.State));
            var reports = await fleet.StopAsync(RealFleet.Token);
            Assert.Equal("web-1", reports[0].Instance);
            Assert.All(reports, report => Assert.NotEqual(StopStep.Kill, report.EndedBy));
        }

        Assert.True(File.Exists(Path.Combine(_folder, "db", "data", "PG_VERSION")));
        Assert.False(File.Exists(Path.Combine(_folder, "db", "data", "postmaster.pid")), "PostgreSQL shut down in order");
        Assert.True(Directory.Exists(Path.Combine(_folder, "cache", "data", "appendonlydir")));
    }

    [Fact]
    public async Task Nginx_balances_and_Prometheus_scrapes_the_instances_of_their_targets()
    {
        Need("/usr/sbin/nginx", "nginx");
        Need("/usr/bin/prometheus", "prometheus");
        var services = await PlanAsync(
            Web() with { Instances = 2 },
            Server("lb", ServerKind.Nginx, "web") with { After = ["web"] },
            Server("metrics", ServerKind.Prometheus, "web"));
        await using var fleet = Fleet(services, null);

        await fleet.StartAsync(RealFleet.Token);

        using var http = new HttpClient();
        var answers = new HashSet<string>();
        for (var i = 0; i < 8; i++)
        {
            answers.Add(await http.GetStringAsync($"http://127.0.0.1:{services[1].Ports[0]}/name", RealFleet.Token));
        }

        Assert.Equal(2, answers.Count);

        // Prometheus is ready before it has read its targets.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        var targets = "";
        while (!targets.Contains("web-2", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
            targets = await http.GetStringAsync($"http://127.0.0.1:{services[2].Ports[0]}/api/v1/targets", limit.Token);
        }

        await fleet.StopAsync(RealFleet.Token);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named_with_what_installs_it()
    {
        var service = Server("db", ServerKind.Postgres);
        var error = await Assert.ThrowsAsync<ServerUnavailableException>(
            () => PlanAsync(service with { Server = service.Server! with { Program = "/nowhere/postgres" } }));

        Assert.Contains("'db' needs /nowhere/postgres", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_cannot_be_read_is_named()
    {
        Need("/usr/sbin/nginx", "nginx");
        var service = Server("lb", ServerKind.Nginx, "web");
        var error = await Assert.ThrowsAsync<ServerUnavailableException>(
            () => PlanAsync(Web(), service with { Server = service.Server! with { Template = "/nowhere/nginx.conf" } }));

        Assert.Contains("/nowhere/nginx.conf", error.Message, StringComparison.Ordinal);
    }

    private static void Need(string path, string package)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.Skip($"SKIPPED, {package} is not installed: apt-get install {package}");
        }
    }

    private static ServiceOptions Web() => RealFleet.Web(1);

    private static ServiceOptions Server(string name, ServerKind kind, params string[] targets) => new()
    {
        Name = name,
        Command = [],
        Directory = "/",
        Server = new ServerOptions { Kind = kind, Targets = targets },
    };

    private Task<IReadOnlyList<ServiceOptions>> PlanAsync(params ServiceOptions[] services) => ServerPlan.PrepareAsync(
        services,
        new ServerSite
        {
            Directory = _folder,
            PromisePort = () =>
            {
                var port = _ports.Take();
                _promised.Add(port);
                return port;
            },
            Spawner = ProcessSpawner.Create(TimeProvider.System),
            Environment = Processes.CompanionProgram.Environment,
        },
        RealFleet.Token);

    private FleetSupervisor Fleet(IReadOnlyList<ServiceOptions> services, Fakes.Recorder? recorder) => new(new FleetOptions
    {
        ClusterName = "test",
        Services = services,
        Spawner = ProcessSpawner.Create(TimeProvider.System),
        Ports = new PromisedPorts(_ports, _promised),
        Recorder = recorder,
        Environment = Processes.CompanionProgram.Environment,
        Seed = 1,
    });

    // Gives out the ports that the plan reserved.
    private sealed class PromisedPorts(IPortSource ports, HashSet<int> promised) : IPortSource
    {
        public int Take() => ports.Take();

        public void Take(int port)
        {
            if (!promised.Remove(port))
            {
                ports.Take(port);
            }
        }

        public void Return(int port) => ports.Return(port);
    }
}
