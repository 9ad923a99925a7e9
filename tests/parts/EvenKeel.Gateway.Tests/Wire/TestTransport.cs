using EvenKeel.Transport.Loops;
#if EPOLL
using EvenKeel.Transport.Epoll;
#else
using EvenKeel.Transport.Sockets;
#endif

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>The transport under the gateway. The same tests are compiled a second time, as a module of their own, for the other one.</summary>
internal static class TestTransport
{
    /// <summary>Its name among <see cref="Transports"/>.</summary>
    public const string Name =
#if EPOLL
        Transports.Epoll;
#else
        Transports.Socket;
#endif

    public static LoopGroup Open(LoopGroupOptions options)
#if EPOLL
        => new EpollLoopGroup(options);
#else
        => new SocketLoopGroup(options);
#endif
}
