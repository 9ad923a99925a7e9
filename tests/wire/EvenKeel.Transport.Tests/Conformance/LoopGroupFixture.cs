using System.Net;
using System.Net.Sockets;
using EvenKeel.Transport.Connections;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Conformance;

/// <summary>What the conformance tests of every transport share: a group, its listeners, and plain sockets as peers.</summary>
public abstract class LoopGroupFixture<TGroup> : IAsyncDisposable
    where TGroup : LoopGroup
{
    private readonly List<IDisposable> _peers = [];
    private LoopGroup? _group;

    internal RecordingObserver Observer { get; } = new();

    protected LoopGroup Group => _group ??= Start(Options);

    protected virtual LoopGroupOptions Options => new() { Loops = 2, Observer = Observer, BlockedAfter = TimeSpan.FromSeconds(5) };

    /// <summary>Starts a group of the transport under test, with loops of its own.</summary>
    protected static LoopGroup Start(LoopGroupOptions options) => (LoopGroup)Activator.CreateInstance(typeof(TGroup), options)!;

    /// <summary>The last bytes, and the end with them.</summary>
    protected static void SendAndClose(Connection connection, byte[] last)
    {
        connection.EndFollows();
        connection.Send(last);
        connection.Close();
    }

    public async ValueTask DisposeAsync()
    {
        _peers.ForEach(peer => peer.Dispose());
        if (_group is { } group)
        {
            await group.DisposeAsync().AsTask().Soon();
        }

        GC.SuppressFinalize(this);
    }

    internal Listener Listen(Func<Connection, ConnectionHandler?> accept, ListenOptions? options = null, IPAddress? address = null)
        => Group.Listen(new IPEndPoint(address ?? IPAddress.Loopback, 0), options ?? new ListenOptions(), _ => new FunctionAcceptor(accept));

    internal static Task<T> OnLoop<T>(EventLoop loop, Func<T> function)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(
            _ =>
            {
                try
                {
                    done.SetResult(function());
                }
                catch (Exception error)
                {
                    done.SetException(error);
                }
            },
            null);
        return done.Task.Soon();
    }

    internal static Task OnLoop(EventLoop loop, Action action) => OnLoop(loop, () =>
    {
        action();
        return true;
    });

    /// <summary>A plain client socket, connected.</summary>
    protected async Task<Socket> Dial(IPEndPoint remote)
    {
        var socket = Own(new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
        await socket.ConnectAsync(remote, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Connects, sends a byte and its end, and expects a reset: it may be so fast that the connect already hears of it.</summary>
    protected async Task DialAndBeReset(IPEndPoint remote)
    {
        await Assert.ThrowsAsync<SocketException>(async () =>
        {
            Socket peer = await Dial(remote);
            await peer.SendAsync("x"u8.ToArray());
            peer.Shutdown(SocketShutdown.Send);
            await ReadToEnd(peer);
        });
    }

    /// <summary>A plain listening socket.</summary>
    protected Socket PlainListener(int backlog = 128)
    {
        var socket = Own(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen(backlog);
        return socket;
    }

    protected T Own<T>(T peer)
        where T : IDisposable
    {
        _peers.Add(peer);
        return peer;
    }

    /// <summary>A listener's connection and the plain socket at its other end.</summary>
    internal async Task<(Connection Connection, Socket Peer)> Accept(RecordingHandler handler)
    {
        await using Listener listener = Listen(_ => handler);
        Socket peer = await Dial(listener.Local);
        return (await handler.Opened.Soon(), peer);
    }

    protected static async Task<byte[]> ReadToEnd(Socket socket)
    {
        var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().Soon() is var read and > 0)
        {
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }

    protected static async Task<byte[]> ReadExactly(Socket socket, int count)
    {
        var bytes = new byte[count];
        for (int read = 0; read < count;)
        {
            int more = await socket.ReceiveAsync(bytes.AsMemory(read), TestContext.Current.CancellationToken).AsTask().Soon();
            Assert.True(more > 0, $"the stream ended after {read} of {count} bytes");
            read += more;
        }

        return bytes;
    }

    protected static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        new Random(20).NextBytes(bytes);
        return bytes;
    }

    protected static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}
