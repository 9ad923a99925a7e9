using System.Net;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Ports;
using EvenKeel.Fleet.Traffic;
using EvenKeel.Gateway;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Health;
using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Sockets;

namespace EvenKeel.Cli.Clusters;

/// <summary>The gateway of a cluster, and the fleet's word to it about which instances may get requests.</summary>
internal sealed class GatewayHost : IInstanceTraffic, IAsyncDisposable
{
    private const int PortsToTry = 100;

    private readonly LoopGroup _loops;
    private readonly HttpGateway _gateway;
    private readonly EndpointDirectory _directory;
    private readonly ActiveHealthChecker _checker;

    private GatewayHost(LoopGroup loops, HttpGateway gateway, EndpointDirectory directory, ActiveHealthChecker checker, IPEndPoint address)
    {
        _loops = loops;
        _checker = checker;
        _gateway = gateway;
        _directory = directory;
        Address = new Uri($"http://{address}/");
    }

    /// <summary>Where clients connect.</summary>
    public Uri Address { get; }

    /// <summary>Listens. A default port that is busy gives way to the next free one; a port that the file names does not.</summary>
    /// <exception cref="CommandException">The address that the file names is taken or not allowed.</exception>
    public static async Task<GatewayHost> OpenAsync(ClusterOptions cluster, ClusterSettings settings)
    {
        var options = cluster.Gateway;
        var first = settings.AnyGatewayPort && !options.ListenIsExplicit ? 0 : options.Listen.Port;
        for (var port = first; ; port++)
        {
            var loops = OpenLoops(options, settings.Time);
            var directory = new EndpointDirectory(options.Ejection, settings.Time);
            var gateway = new HttpGateway(
                options with { Listen = new IPEndPoint(options.Listen.Address, port) }, directory, loops, settings.Time, settings.Logs);
            try
            {
                var address = gateway.Start();
                var checker = new ActiveHealthChecker(
                    directory, HealthOf(cluster), Environment.ProcessId, settings.Time, settings.Logs.CreateLogger("EvenKeel.Gateway.Health"));
                checker.Start();
                return new GatewayHost(loops, gateway, directory, checker, address);
            }
            catch (AddressInUseException error)
            {
                await gateway.DisposeAsync();
                await loops.DisposeAsync();
                if (!error.IsBusy || options.ListenIsExplicit || port >= first + PortsToTry)
                {
                    throw error.IsBusy
                        ? new CommandException(ExitCode.Environment, "EK3004", $"the gateway cannot listen on {error.Address}: the port is used by {PortHolder.Describe(error.Address.Port)}",
                            "end that one, or set gateway.listen to another address")
                        : new CommandException(ExitCode.Environment, "EK3004", error.Message);
                }
            }
        }
    }

    public void Admit(InstanceEndpoint endpoint) =>
        _directory.Add(endpoint.Service, endpoint.Instance, new IPEndPoint(IPAddress.Parse(endpoint.Address), endpoint.Port));

    public async ValueTask<int> WithdrawAsync(InstanceEndpoint endpoint, CancellationToken cancellationToken)
    {
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

    public async ValueTask DisposeAsync()
    {
        await _checker.DisposeAsync();
        await _gateway.DrainAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
        await _gateway.DisposeAsync();
        await _loops.DisposeAsync();
    }

    private static Func<string, HealthOptions?> HealthOf(ClusterOptions cluster)
    {
        var health = cluster.Services.ToDictionary(service => service.Name, service => service.Health);
        return service => health.GetValueOrDefault(service);
    }

    private static LoopGroup OpenLoops(GatewayOptions options, TimeProvider time)
    {
        var loops = new LoopGroupOptions { Time = time };
        loops = options.Loops > 0 ? loops with { Loops = options.Loops } : loops;
        return options.Transport switch
        {
            TransportKind.Epoll when !EpollLoopGroup.IsSupported => throw new CommandException(
                ExitCode.Environment, "EK3012", "gateway.transport is epoll, which runs on Linux on x86-64 and arm64 only", "leave it out, or say socket"),
            TransportKind.Auto or TransportKind.Epoll when EpollLoopGroup.IsSupported => new EpollLoopGroup(loops),
            _ => new SocketLoopGroup(loops),
        };
    }
}
