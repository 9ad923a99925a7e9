using EvenKeel.Cli.Control;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Reloading;
using EvenKeel.Cli.Terminals;
using EvenKeel.Configuration.Model;
using EvenKeel.Fleet;
using EvenKeel.Fleet.Guard;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Servers;
using EvenKeel.Telemetry.Exposition;
using EvenKeel.Telemetry.Gateways;

namespace EvenKeel.Cli.Clusters;

/// <summary>
/// A cluster of this process: gateway, state node, fleet and guardian, joined. It is made in this order and taken down in the reverse one:
/// 1. ports; 2. the gateway, which refuses politely while nothing is ready; 3. the guardian; 4. the fleet, the state node with it.
/// </summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    private readonly ClusterSettings _settings;
    private readonly ClusterPorts _ports;
    private readonly Guardian? _guardian;
    private readonly GatewayHost _gateway;
    private readonly StateNode _state;
    private readonly DateTimeOffset _started;

    private RunningCluster(ClusterSettings settings, ClusterPorts ports, Guardian? guardian, GatewayHost gateway, StateNode state, FleetSupervisor fleet)
    {
        _settings = settings;
        _started = settings.Time.GetUtcNow();
        _ports = ports;
        _guardian = guardian;
        _gateway = gateway;
        _state = state;
        Fleet = fleet;
    }

    public FleetSupervisor Fleet { get; }

    /// <summary>Where the servers of a kind are, by the name of the service.</summary>
    public IReadOnlyDictionary<string, string> Connections { get; private init; } = new Dictionary<string, string>();

    /// <summary>Takes changes of the file over, or null when nothing reads it again.</summary>
    public Reloader? Reloader { get; private set; }

    /// <summary>What operators do with endpoints by hand.</summary>
    public ClusterEndpoints Endpoints => _gateway.Endpoints;

    /// <summary>True while clients can connect.</summary>
    public bool IsServing => _gateway.IsServing;

    /// <summary>Where monitors read, or null when nothing is offered to them.</summary>
    public Uri? MetricsAddress { get; set; }

    /// <summary>What the instances write.</summary>
    public ClusterLogs Logs => new(Fleet);

    /// <summary>Where clients connect.</summary>
    public Uri Gateway => _gateway.Address;

    /// <summary>Where clients connect with TLS, or null.</summary>
    public Uri? SecureGateway => _gateway.SecureAddress;

    /// <summary>The files of certificates and authorities that are in use.</summary>
    public IReadOnlyList<string> CertificateFiles => _gateway.CertificateFiles;

    /// <summary>Opens the file of the access log by its name again.</summary>
    public void ReopenAccessLog() => _gateway.ReopenAccessLog();

    /// <summary>Makes the cluster and opens the gateway; no instance runs yet.</summary>
    /// <exception cref="CommandException">A needed server does not answer, or a port that the file names is taken.</exception>
    public static async Task<RunningCluster> CreateAsync(ClusterOptions options, ClusterSettings settings, CancellationToken cancellation)
    {
        OpenFileLimit.Require(options);
        await Needs.CheckAsync(options.Needs, settings.Time, cancellation);
        var ports = new ClusterPorts();
        Guardian? guardian = null;
        GatewayHost? gateway = null;
        try
        {
            ports.Promise(options.Services.SelectMany(service => service.Ports));
            options = options with { Services = await PlanAsync(options.Services, settings, ports, cancellation) };
            gateway = await GatewayHost.OpenAsync(options, settings);
            List<ServiceOptions> own = [.. options.Services.Where(service => !service.IsExternal)];
            var state = StateNode.Of(options, ports);
            guardian = own.Count == 0 && state.Service is null ? null
                : await Guardian.StartAsync(
                    SelfCommand.With("guardian"), settings.Time, settings.Logs.CreateLogger("EvenKeel.Guardian"), cancellation);
            var spawner = ProcessSpawner.Create(settings.Time);
            var fleet = new FleetSupervisor(new FleetOptions
            {
                ClusterName = settings.Name,
                Services =
                [
                    .. state.Service is { } node ? [node] : Array.Empty<ServiceOptions>(),
                    .. own.Select(service => After(state, Scaled(service, settings.TimeScale))),
                ],
                Spawner = guardian is null ? spawner : new GuardedProcessSpawner(spawner, guardian),
                Ports = ports,
                Traffic = gateway,
                Recorder = settings.Recorder,
                StateConnection = state.Connection,
                LogsDirectory = settings.LogsDirectory,
                Environment = InheritedEnvironment.Variables(),
                Seed = Environment.ProcessId,
                Time = settings.Time,
                Logger = settings.Logs.CreateLogger("EvenKeel.Fleet"),
            });
            return new RunningCluster(settings, ports, guardian, gateway, state, fleet) { Connections = ServerPlan.ConnectionsOf(options.Services) };
        }
        catch
        {
            await ReleaseAsync(gateway, guardian, ports);
            throw;
        }
    }

    /// <summary>Lets the cluster follow its file from now on.</summary>
    public Reloader Follow(ClusterSource source, Terminal terminal) => Reloader =
        new Reloader(source, _gateway.Apply, _gateway.HasRenewedCertificates, terminal, _settings.Time);

    /// <summary>The metrics at this moment.</summary>
    public IReadOnlyList<MetricFamily> Metrics() => _gateway.Metrics(
        Reloader?.Last is { } last ? new ReloadCounts(last.Applied, last.Refused, last.InForceSince) : new ReloadCounts(0, 0, _started));

    /// <summary>The cluster as listings show it.</summary>
    public ClusterView View()
    {
        var now = _settings.Time.GetUtcNow();
        return new ClusterView(
            1,
            "instanceList",
            _settings.Name,
            Gateway,
            [.. _gateway.TcpAddresses.Select(address => address.ToString())],
            _state.Connection,
            [.. Fleet.Snapshot.Instances.Select(instance => ClusterViews.Of(instance, now))],
            [.. Endpoints.List()],
            Reloader?.Last,
            MetricsAddress is { } metrics ? new Uri(metrics, "metrics") : null,
            SecureGateway,
            [.. Endpoints.Services()]);
    }

    /// <summary>Stops everything in order: first the services, which drain, and only then what they need until their last reply.</summary>
    public async Task StopAsync()
    {
        await Fleet.StopAsync(CancellationToken.None);
        await _gateway.DrainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        await ReleaseAsync(_gateway, _guardian, _ports);
    }

    private static ServiceOptions After(StateNode state, ServiceOptions service) =>
        state.Service is { } node ? service with { After = [.. service.After, node.Name] } : service;

    private static async Task<IReadOnlyList<ServiceOptions>> PlanAsync(
        IReadOnlyList<ServiceOptions> services, ClusterSettings settings, ClusterPorts ports, CancellationToken cancellation)
    {
        try
        {
            return await ServerPlan.PrepareAsync(services, new ServerSite
            {
                Directory = settings.ServersDirectory,
                PromisePort = ports.Promise,
                Spawner = ProcessSpawner.Create(settings.Time),
                Environment = InheritedEnvironment.Variables(),
                Tell = settings.Tell,
            }, cancellation);
        }
        catch (ServerUnavailableException problem)
        {
            throw new CommandException(ExitCode.Environment, "EK3016", problem.Message, problem.Help);
        }
    }

    private static ServiceOptions Scaled(ServiceOptions service, double scale) =>
        service with { Restart = service.Restart with { Delay = service.Restart.Delay / scale } };

    private static async ValueTask ReleaseAsync(GatewayHost? gateway, Guardian? guardian, ClusterPorts ports)
    {
        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }

        if (guardian is not null)
        {
            await guardian.DisposeAsync();
        }

        ports.Dispose();
    }
}
