using System.Net;
using System.Net.Sockets;
using EvenKeel.Transport.Epoll;
using SocketAddress = EvenKeel.Transport.Epoll.SocketAddress;

namespace EvenKeel.Transport.Tests.Epoll;

public sealed class DescriptorsTests
{
    [Fact]
    public async Task What_a_listening_socket_accepts_sends_without_delay()
    {
        Assert.SkipUnless(EpollLoopGroup.IsSupported, "epoll is of Linux");
        int listening = Descriptors.Listen(new IPEndPoint(IPAddress.Loopback, 0), backlog: 8, first: true);
        int accepted = -1;
        try
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(Descriptors.LocalOf(listening)!, TestContext.Current.CancellationToken);
            accepted = Accept(listening);
            Assert.True(accepted >= 0);
            Assert.Equal(1, NoDelayOf(accepted));
        }
        finally
        {
            Descriptors.Close(listening, reset: false);
            if (accepted >= 0)
            {
                Descriptors.Close(accepted, reset: false);
            }
        }
    }

    private static unsafe int Accept(int listening)
    {
        byte* address = stackalloc byte[SocketAddress.MaxLength];
        uint length = SocketAddress.MaxLength;
        return Libc.Accept4(listening, address, &length, LinuxValues.SocketCloseOnExec);
    }

    private static unsafe int NoDelayOf(int descriptor)
    {
        int value = 0;
        uint length = sizeof(int);
        _ = Libc.GetSockOpt(descriptor, LinuxValues.LevelTcp, LinuxValues.OptionNoDelay, &value, &length);
        return value;
    }
}
