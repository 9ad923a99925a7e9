using System.Net;
using EvenKeel.Resp.Frames;
using EvenKeel.State.Server.Commands;
using EvenKeel.State.Server.Keys;
using EvenKeel.State.Server.Options;
using EvenKeel.State.Server.Sessions;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.State.Server;

/// <summary>
/// An embedded state node: strings and hashes in memory, spoken to with RESP2 by any client of Redis. One loop owns all data and runs one
/// command after the other, so that each is atomic. Nothing is written to disk: what it holds ends with it.
/// </summary>
public sealed class StateServer : IAsyncDisposable
{
    private const int ExpiredPerTurn = 500;
    private static readonly TimeSpan ExpiryInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ExpiryCatchUp = TimeSpan.FromMilliseconds(1);
    private readonly LoopGroup _loops;
    private readonly Listener _listener;
    private readonly Keyspace _keys;

    private StateServer(LoopGroup loops, Listener listener, Keyspace keys)
    {
        _loops = loops;
        _listener = listener;
        _keys = keys;
    }

    /// <summary>Where it listens, with the port that the system chose if 0 was asked for.</summary>
    public IPEndPoint Address => _listener.Local;

    /// <summary>Starts a node, which accepts clients when this returns.</summary>
    /// <param name="address">Where to listen. There is no password: keep it on loopback or a trusted network.</param>
    /// <param name="options">Limits and clock.</param>
    /// <param name="logger">Told of what goes wrong inside; nobody by default.</param>
    /// <exception cref="System.Net.Sockets.SocketException">The address is busy or not allowed.</exception>
    public static StateServer Start(IPEndPoint address, StateServerOptions options, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(options);
        var limits = new RespLimits { BulkBytes = options.MaxBulkBytes, RequestBytes = options.MaxRequestBytes };
        var keys = new Keyspace(options.Time);
        var counters = new ServerCounters(options.Time, options.MaxClients, options.MaxMemory);
        var processor = new CommandProcessor(keys, counters, options.Time);

        // A loop group of one is what makes the keyspace single-threaded.
        var loops = new SocketLoopGroup(new LoopGroupOptions { Loops = 1, Observer = new LoopReporter(logger ?? NullLogger.Instance) });
        try
        {
            // Some more than the clients' limit, so that those beyond it can be told.
            var listenOptions = new ListenOptions { MaxConnections = options.MaxClients + 64 };
            Listener listener = loops.Listen(address, listenOptions, _ => new SessionAcceptor(processor, limits));
            var server = new StateServer(loops, listener, keys);
            loops.Loops[0].Post(_ => counters.Port = listener.Local.Port, null);
            loops.Loops[0].Post(server.RemoveExpired, loops.Loops[0]);
            return server;
        }
        catch
        {
            // Nothing was accepted yet: this only ends the idle thread.
            _ = loops.DisposeAsync().AsTask();
            throw;
        }
    }

    /// <summary>Closes all connections and forgets all data.</summary>
    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync().ConfigureAwait(false);
        await _loops.DisposeAsync().ConfigureAwait(false);
    }

    private void RemoveExpired(object? state)
    {
        var loop = (EventLoop)state!;
        bool more = _keys.RemoveExpired(ExpiredPerTurn);
        loop.Schedule(more ? ExpiryCatchUp : ExpiryInterval, RemoveExpired, loop);
    }
}
