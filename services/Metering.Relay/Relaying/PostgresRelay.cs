using System.Net;
using System.Net.Sockets;

namespace Metering.Relay.Relaying;

/// <summary>Listens in the place of a PostgreSQL and passes every connection on to it, without TLS.</summary>
public sealed class PostgresRelay : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly IPEndPoint _target;
    private readonly RelayRules _rules;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;

    private PostgresRelay(IPEndPoint listen, IPEndPoint target, RelayRules rules, TimeProvider time)
    {
        (_target, _rules, _time) = (target, rules, time);
        _listener = new TcpListener(listen);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Starts one.</summary>
    /// <param name="listen">Where it listens; port 0 is a free one.</param>
    /// <param name="target">Where PostgreSQL is.</param>
    /// <param name="rules">What it does besides passing on.</param>
    /// <param name="time">The clock of its delays.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static PostgresRelay Start(IPEndPoint listen, IPEndPoint target, RelayRules rules, TimeProvider time) => new(listen, target, rules, time);

    /// <summary>Breaks all connections and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Stop();
        await _accepting;
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_ending.Token);
                open.RemoveAll(connection => connection.IsCompleted);
                open.Add(new RelayConnection(client, _target, _rules, _time).RunAsync(_ending.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }
}
