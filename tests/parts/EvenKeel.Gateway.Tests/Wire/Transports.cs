using EvenKeel.Transport.Epoll;
using EvenKeel.Transport.Loops;
using EvenKeel.Transport.Sockets;

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>The transports that a test runs on.</summary>
internal static class Transports
{
    public const string Socket = "Socket";

    public const string Epoll = "Epoll";

    public static LoopGroup Open(string transport, LoopGroupOptions options)
    {
        if (transport == Socket)
        {
            return new SocketLoopGroup(options);
        }

        Assert.SkipUnless(EpollLoopGroup.IsSupported, "SKIPPED, epoll is not supported here");
        return new EpollLoopGroup(options);
    }
}
