using System.Net;
using System.Runtime.InteropServices;
using EvenKeel.Transport.Listeners;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Epoll;

/// <summary>Event loops over epoll, for Linux on x86-64 and arm64.</summary>
public sealed class EpollLoopGroup : LoopGroup
{
    private readonly EpollLoop[] _loops;
    private readonly ListenerSet _listeners = new();

    /// <summary>Starts the loops.</summary>
    /// <exception cref="PlatformNotSupportedException">See <see cref="IsSupported"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside of its range.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">No descriptor is left.</exception>
    public EpollLoopGroup(LoopGroupOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!IsSupported)
        {
            throw new PlatformNotSupportedException("The epoll transport runs on Linux on x86-64 and arm64; use the Socket transport here");
        }

        options.Validate();
        var loops = new List<EpollLoop>(options.Loops);
        try
        {
            while (loops.Count < options.Loops)
            {
                loops.Add(new EpollLoop(loops.Count, options));
                loops[^1].Start();
            }
        }
        catch
        {
            loops.ForEach(loop => loop.End());
            throw;
        }

        _loops = [.. loops];
    }

    /// <summary>True where this transport works.</summary>
    public static bool IsSupported
        => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <inheritdoc/>
    public override IReadOnlyList<EventLoop> Loops => _loops;

    /// <inheritdoc/>
    public override Listener Listen(IPEndPoint local, ListenOptions options, Func<EventLoop, IConnectionAcceptor> acceptorOf)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(acceptorOf);
        options.Validate();
        IConnectionAcceptor[] acceptors = [.. _loops.Select(acceptorOf)];
        var descriptors = new List<int>();
        try
        {
            descriptors.Add(Descriptors.Listen(local, options.Backlog, first: true));
            IPEndPoint bound = Descriptors.LocalOf(descriptors[0]) ?? throw Descriptors.LastError();
            while (descriptors.Count < _loops.Length)
            {
                descriptors.Add(Descriptors.Listen(bound, options.Backlog, first: false));
            }

            var listener = new EpollListener(bound, [.. descriptors], options.MaxConnections, _loops, acceptors, _listeners);
            _listeners.Add(listener);
            listener.Start();
            return listener;
        }
        catch
        {
            descriptors.ForEach(descriptor => Descriptors.Close(descriptor, reset: false));
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _listeners.CloseAsync().ConfigureAwait(false);
        foreach (EpollLoop loop in _loops)
        {
            loop.End();
        }

        await Task.WhenAll(_loops.Select(loop => loop.Ended)).ConfigureAwait(false);
    }
}
