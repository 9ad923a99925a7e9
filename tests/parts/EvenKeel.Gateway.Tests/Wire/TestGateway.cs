using System.Net;
using System.Net.Sockets;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Exchanges;
using EvenKeel.Gateway.Problems;
using EvenKeel.Gateway.Statistics;
using EvenKeel.Transport.Loops;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>A gateway on a free port with the service <c>web</c>, its loops, and the connections a test makes to it.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly LoopGroup _group;
    private readonly List<ByteChannel> _channels = [];
    private int _instances;

    public TestGateway(
        Func<GatewayOptions, GatewayOptions>? change = null, int loops = 1, IExchangeObserver? observer = null, ILoopObserver? loopObserver = null,
        string? transport = null, EndpointDirectory? directory = null, AccessLog? accessLog = null)
    {
        Options = new GatewayOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Routes = [new RouteOptions { Path = "/", Service = "web" }],
        };
        Options = change?.Invoke(Options) ?? Options;
        Directory = directory ?? new EndpointDirectory();
        var group = new LoopGroupOptions { Loops = loops, Observer = loopObserver ?? Failures };
        _group = transport is null ? TestTransport.Open(group) : Transports.Open(transport, group);
        Gateway = new HttpGateway(Options, Directory, _group, TimeProvider.System, NullLoggerFactory.Instance, observer, accessLog);
        Address = Gateway.Start();
    }

    public GatewayOptions Options { get; }

    public IReadOnlyList<EventLoop> Loops => _group.Loops;

    public EndpointDirectory Directory { get; }

    public HttpGateway Gateway { get; }

    public IPEndPoint Address { get; }

    public LoopFailures Failures { get; } = new();

    public GatewayStatistics Statistics => Gateway.Statistics;

    /// <summary>Waits until this is counted: a client may have its response before the loop has counted it.</summary>
    public Task Until(Func<GatewayStatistics, bool> counted, string what) => Deadline.Until(() => counted(Statistics), what);

    public long Count(ProblemCode code) => Statistics.Problems[code];

    public EndpointState Add(IPEndPoint address, string service = "web") => TestEndpoints.Add(Directory, service, $"{service}-{++_instances}", address);

    public EndpointState Add(Origin origin, string service = "web") => Add(origin.Address, service);

    public async Task<ByteChannel> ConnectAsync(int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
        {
            socket.ReceiveBufferSize = receiveBuffer;
        }

        await socket.ConnectAsync(Address, Deadline.Token);
        var channel = new ByteChannel(socket);
        _channels.Add(channel);
        return channel;
    }

    /// <summary>One request on a connection of its own.</summary>
    public async Task<Reply> AskAsync(string request)
    {
        var channel = await ConnectAsync();
        await channel.SendAsync(request);
        return await Deadline.Within(Reply.ReadAsync(channel, request.StartsWith("HEAD ", StringComparison.Ordinal)));
    }

    public Task<Reply> GetAsync(string path = "/") => AskAsync($"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        await Gateway.DisposeAsync();
        await _group.DisposeAsync();
        Assert.Empty(Failures.All);
    }
}
