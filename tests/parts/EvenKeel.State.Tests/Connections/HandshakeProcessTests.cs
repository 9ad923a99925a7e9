using System.Net.Sockets;
using EvenKeel.State.Connections;
using EvenKeel.State.Options;
using EvenKeel.TestServers;

namespace EvenKeel.State.Tests.Connections;

[Trait("Category", "Process")]
public sealed class HandshakeProcessTests
{
    [Fact]
    public async Task The_system_finds_a_dead_peer_within_five_seconds_though_nothing_is_sent()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        StateClientOptions options = StateConnectionString.Parse($"redis://{server.Address}");

        (Socket socket, _) = await Handshake.ConnectAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
        using (socket)
        {
            Assert.NotEqual(0, socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive));
            int Tcp(SocketOptionName name) => (int)socket.GetSocketOption(SocketOptionLevel.Tcp, name)!;
            Assert.InRange(
                Tcp(SocketOptionName.TcpKeepAliveTime) + (Tcp(SocketOptionName.TcpKeepAliveInterval) * Tcp(SocketOptionName.TcpKeepAliveRetryCount)), 1, 5);
        }
    }
}
