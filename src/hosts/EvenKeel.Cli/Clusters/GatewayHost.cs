using System.Net;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Ports;
using EvenKeel.Fleet.Traffic;
using EvenKeel.Gateway;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Health;
using EvenKeel.Gateway.Loops;
using EvenKeel.Gateway.Tcp;
using EvenKeel.Telemetry.Exposition;
using EvenKeel.Telemetry.Gateways;
using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Sockets;
using EvenKeel.Transport.Tls;

namespace EvenKeel.Cli.Clusters;

/// <summary>The gateway of a cluster, and the fleet's word to it about which instances may get requests.</summary>
internal sealed class GatewayHost : IInstanceTraffic, IAsyncDisposable
{
    private const int PortsToTry = 100;
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(1);

    private readonly LoopGroup _loops;
    private readonly HttpGateway _gateway;
    private readonly TcpGateway _tcp;
    private readonly EndpointDirectory _directory;
    private readonly ActiveHealthChecker _checker;
    private readonly StaticEndpoints _static;
    private readonly LoopWatch _watch;
    private ClusterOptions _cluster;

    private GatewayHost(
        LoopGroup loops,
        HttpGateway gateway,
        TcpGateway tcp,
        EndpointDirectory directory,
        LoopWatch watch,
        ClusterOptions cluster,
        ClusterSettings settings,
        IPEndPoint address)
    {
        _tcp = tcp;
        _watch = watch;
        _loops = loops;
        _cluster = cluster;
        _static = new StaticEndpoints(directory);
        Endpoints = new ClusterEndpoints(directory, () => Volatile.Read(ref _cluster), settings.Time);
        _checker = new ActiveHealthChecker(
            directory, HealthOf, Environment.ProcessId, settings.Time, settings.Logs.CreateLogger("EvenKeel.Gateway.Health"));
        _gateway = gateway;
        _directory = directory;
        Address = new Uri($"http://{address}/");
        SecureAddress = gateway.SecureAddress is { } secure ? new Uri($"https://{secure}/") : null;
        _static.Apply(cluster.Services);
        _checker.Start();
    }

    /// <summary>Where clients connect.</summary>
    public Uri Address { get; }

    /// <summary>Where clients connect whose connections are passed on as they are, in the order of the file.</summary>
    public IReadOnlyList<IPEndPoint> TcpAddresses => _tcp.Addresses;

    /// <summary>Where clients connect with TLS, or null.</summary>
    public Uri? SecureAddress { get; }

    /// <summary>What operators do with endpoints by hand.</summary>
    public ClusterEndpoints Endpoints { get; }

    /// <summary>Listens. A default port that is busy gives way to the next free one; a port that the file names does not.</summary>
    /// <exception cref="CommandException">The address that the file names is taken or not allowed, or a certificate cannot be used.</exception>
    public static async Task<GatewayHost> OpenAsync(ClusterOptions cluster, ClusterSettings settings)
    {
        // The program's own driver, which takes any port, is no proxy and comes through none.
        var options = settings.AnyGatewayPort ? cluster.Gateway with { TrustedProxies = null } : cluster.Gateway;
        var first = settings.AnyGatewayPort && !options.ListenIsExplicit ? 0 : options.Listen.Port;
        for (var port = first; ; port++)
        {
            var watch = new LoopWatch(settings.Logs.CreateLogger("EvenKeel.Gateway.Loops"), settings.Time);
            var loops = OpenLoops(options, settings.Time, watch);
            var directory = new EndpointDirectory(options.Ejection, settings.Time);
            var log = AccessLogFile.Open(cluster, loops.Loops.Count, settings);
            var gateway = new HttpGateway(
                options with { Listen = new IPEndPoint(options.Listen.Address, port) }, directory, loops, settings.Time, settings.Logs, accessLog: log);
            var tcp = new TcpGateway(options, directory, loops, settings.Time, settings.Logs);
            try
            {
                tcp.Start();
                return new GatewayHost(loops, gateway, tcp, directory, watch, cluster, settings, gateway.Start());
            }
            catch (TlsException error)
            {
                await tcp.DisposeAsync();
                await gateway.DisposeAsync();
                await CloseLogAsync(gateway);
                await loops.DisposeAsync();
                throw Unusable(error);
            }
            catch (AddressInUseException error)
            {
                await tcp.DisposeAsync();
                await gateway.DisposeAsync();
                await CloseLogAsync(gateway);
                await loops.DisposeAsync();
                if (!error.IsBusy || options.ListenIsExplicit || error.Setting != "gateway.listen" || port >= first + PortsToTry)
                {
                    throw Taken(error);
                }
            }
        }
    }

    public void Admit(InstanceEndpoint endpoint) =>
        _directory.Add(endpoint.Service, endpoint.Instance, new IPEndPoint(IPAddress.Parse(endpoint.Address), endpoint.Port));

    public async ValueTask<int> WithdrawAsync(InstanceEndpoint endpoint, CancellationToken cancellationToken)
    {
        Endpoints.Withdraw(endpoint.Instance);
        if (_directory.Drain(endpoint.Instance) is not { } draining)
        {
            return 0;
        }

        var left = await draining.WaitForIdleAsync(cancellationToken);
        if (_directory.Find(endpoint.Instance) == draining)
        {
            _directory.Remove(endpoint.Instance);
        }

        return left;
    }

    /// <summary>
    /// Takes what a new file says about the gateway and about services of addresses: requests that follow see all of it, requests under way
    /// none. What cannot change is the caller's to refuse.
    /// </summary>
    /// <returns>How many endpoints came and went.</returns>
    /// <exception cref="CommandException">A certificate cannot be used, or an address of TCP is taken; nothing was changed.</exception>
    public StaticChange Apply(ClusterOptions cluster)
    {
        try
        {
            _tcp.RenewCertificates(cluster.Gateway);
            _gateway.RenewCertificates(cluster.Gateway);
            _tcp.Open(cluster.Gateway);
        }
        catch (TlsException error)
        {
            throw Unusable(error);
        }
        catch (AddressInUseException error)
        {
            throw Taken(error);
        }

        Volatile.Write(ref _cluster, cluster);

        // New endpoints first, so that a new route finds them; then the routes; a service that is gone has no route any more.
        var change = _static.Apply(cluster.Services);
        _gateway.Apply(cluster.Gateway with { Listen = _gateway.Options.Listen });
        _tcp.Apply(cluster.Gateway);
        return change;
    }

    /// <summary>True when files of certificates were renewed in place, so that they have to be applied though the file says what it said.</summary>
    public bool HasRenewedCertificates(ClusterOptions cluster) => _gateway.HasRenewedCertificates(cluster.Gateway);

    /// <summary>Stops listening and finishes the requests and connections under way, each service's for as long as its drain may take.</summary>
    public Task DrainAsync()
    {
        var limit = Volatile.Read(ref _cluster).Services.Where(service => service.IsExternal).Select(service => service.Drain.Timeout).DefaultIfEmpty().Max();
        return DrainAsync(limit < AtLeast ? AtLeast : limit);
    }

    /// <summary>The files of certificates and authorities that the options in force name.</summary>
    public IReadOnlyList<string> CertificateFiles
    {
        get
        {
            var gateway = Volatile.Read(ref _cluster).Gateway;
            return [.. (gateway.Tls?.Certificates ?? []).Concat(gateway.ServiceTls.Values.Select(tls => tls.Certificate).OfType<CertificateOptions>())
                .SelectMany(files => new[] { files.Certificate, files.Key }).Concat(gateway.ServiceTls.Values.Select(tls => tls.Authorities).OfType<string>())];
        }
    }

    /// <summary>True while clients can connect.</summary>
    public bool IsServing => _gateway.State == GatewayState.Running;

    /// <summary>The metrics at this moment.</summary>
    public IReadOnlyList<MetricFamily> Metrics(ReloadCounts reloads) => new GatewayMetrics(_gateway, _directory, _watch, () => reloads, _tcp).Collect();

    public async ValueTask DisposeAsync()
    {
        await _checker.DisposeAsync();
        await DrainAsync(AtLeast);
        await _tcp.DisposeAsync();
        await _gateway.DisposeAsync();
        await CloseLogAsync(_gateway);
        await _loops.DisposeAsync();
    }

    private async Task DrainAsync(TimeSpan limit) =>
        await Task.WhenAll(_gateway.DrainAsync(limit, CancellationToken.None), _tcp.DrainAsync(limit, CancellationToken.None));

    /// <summary>Opens the file of the access log by its name again.</summary>
    public void ReopenAccessLog() => _gateway.AccessLog?.Reopen();

    private static ValueTask CloseLogAsync(HttpGateway gateway) => gateway.AccessLog?.DisposeAsync() ?? ValueTask.CompletedTask;

    private HealthOptions? HealthOf(string service) => Volatile.Read(ref _cluster).Services.FirstOrDefault(one => one.Name == service)?.Health;

    private static CommandException Unusable(TlsException error) => new(
        ExitCode.Environment, "EK3015", $"the gateway cannot use TLS: {error.Message}", "mend the file that the message names, or remove the section 'tls'");

    private static CommandException Taken(AddressInUseException error) => error.IsBusy
        ? new CommandException(ExitCode.Environment, "EK3004", $"the gateway cannot listen on {error.Address}: the port is used by {PortHolder.Describe(error.Address.Port)}",
            $"end that one, or set {error.Setting} to another address")
        : new CommandException(ExitCode.Environment, "EK3004", $"the gateway cannot listen on {error.Address}: {error.InnerException?.Message}",
            $"set {error.Setting} to an address of this machine, with a port above 1023");

    private static LoopGroup OpenLoops(GatewayOptions options, TimeProvider time, ILoopObserver observer)
    {
        var loops = new LoopGroupOptions { Time = time, Observer = observer };
        loops = options.Loops > 0 ? loops with { Loops = options.Loops } : loops;
        return options.Transport switch
        {
            TransportKind.Epoll when !EpollLoopGroup.IsSupported => throw new CommandException(
                ExitCode.Environment, "EK3014", "gateway.transport is epoll, which runs on Linux on x86-64 and arm64 only", "leave it out, or say socket"),
            TransportKind.Auto or TransportKind.Epoll when EpollLoopGroup.IsSupported => new EpollLoopGroup(loops),
            _ => new SocketLoopGroup(loops),
        };
    }
}
