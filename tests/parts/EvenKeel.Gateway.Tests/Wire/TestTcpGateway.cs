using System.Net;
using System.Net.Sockets;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Tcp;
using EvenKeel.Transport.Loops;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>A TCP gateway with one listener on a free port for the service <c>web</c>, its loops, and the connections a test makes to it.</summary>
internal sealed class TestTcpGateway : IAsyncDisposable
{
    private readonly LoopGroup _group;
    private readonly List<ByteChannel> _channels = [];
    private int _instances;

    public TestTcpGateway(
        Func<LoopGroupOptions, LoopGroup> groupOf, Func<TcpListenerOptions, TcpListenerOptions>? change = null, ProxyProtocolVersion? header = null,
        ITcpObserver? observer = null, int loops = 1, ServiceTlsOptions? tls = null)
    {
        var listener = new TcpListenerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Service = "web" };
        Options = new GatewayOptions
        {
            Tcp = [change?.Invoke(listener) ?? listener],
            ServiceTls = tls is null ? [] : new Dictionary<string, ServiceTlsOptions> { ["web"] = tls },
            ProxyProtocols = header is { } version ? new Dictionary<string, ProxyProtocolVersion> { ["web"] = version } : [],
        };
        _group = groupOf(new LoopGroupOptions { Loops = loops, Observer = Failures });
        Gateway = new TcpGateway(Options, Directory, _group, TimeProvider.System, NullLoggerFactory.Instance, observer);
        Address = Assert.Single(Gateway.Start());
    }

    public GatewayOptions Options { get; }

    public EndpointDirectory Directory { get; } = new();

    public TcpGateway Gateway { get; }

    public IPEndPoint Address { get; }

    public LoopFailures Failures { get; } = new();

    public TcpStatistics Statistics => Gateway.Statistics;

    public EndpointState Add(IPEndPoint address, string service = "web") => Directory.Add(service, $"{service}-{++_instances}", address);

    public EndpointState Add(Origin origin, string service = "web") => Add(origin.Address, service);

    /// <summary>Waits until a number of connections have ended in a way.</summary>
    public Task Until(TcpOutcome outcome, long count = 1) => Deadline.Until(() => Statistics.Outcomes[outcome] == count, $"{count} of {outcome}");

    public async Task<ByteChannel> ConnectAsync(int receiveBuffer = 0, IPEndPoint? address = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
        {
            socket.ReceiveBufferSize = receiveBuffer;
        }

        await socket.ConnectAsync(address ?? Address, Deadline.Token);
        var channel = new ByteChannel(socket);
        _channels.Add(channel);
        return channel;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        await Gateway.DisposeAsync();
        await _group.DisposeAsync();
        Assert.Empty(Failures.All);
        Assert.Equal(0, Statistics.Active);
        Assert.All(Directory.Endpoints, endpoint => Assert.Equal(0, endpoint.InFlight));
    }
}
