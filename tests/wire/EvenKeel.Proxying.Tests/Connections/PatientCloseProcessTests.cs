using System.Net;
using System.Net.Sockets;
using EvenKeel.Proxying.Connections;

namespace EvenKeel.Proxying.Tests.Connections;

[Trait("Category", "Process")]
public sealed class PatientCloseProcessTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public PatientCloseProcessTests()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task What_the_server_still_sends_meets_no_reset()
    {
        var (client, server) = await ConnectAsync();
        using (server)
        {
            var closing = PatientClose.EndAsync(client, Long, TimeProvider.System);
            Assert.Equal(3, await server.SendAsync("one"u8.ToArray(), Token));
            Assert.Equal(3, await server.SendAsync("two"u8.ToArray(), Token));
            Assert.False(closing.IsCompleted);
            server.Shutdown(SocketShutdown.Send);

            Assert.Equal(0, await server.ReceiveAsync(new byte[1], Token));
            await closing.WaitAsync(Long, Token);
        }
    }

    [Fact]
    public async Task A_server_that_keeps_the_connection_open_is_left_after_the_time_out()
    {
        var (client, server) = await ConnectAsync();
        using (server)
        {
            await PatientClose.EndAsync(client, TimeSpan.FromMilliseconds(50), TimeProvider.System).WaitAsync(Long, Token);

            Assert.Equal(0, await server.ReceiveAsync(new byte[1], Token));
        }
    }

    [Fact]
    public async Task A_reply_without_end_is_left_at_the_limit()
    {
        var (client, server) = await ConnectAsync();
        using (server)
        {
            var closing = PatientClose.EndAsync(client, Long, TimeProvider.System);
            var sending = Assert.ThrowsAnyAsync<SocketException>(async () =>
            {
                while (true)
                {
                    await server.SendAsync(new byte[PatientClose.Limit], Token);
                }
            });

            await closing.WaitAsync(Long, Token);
            await sending.WaitAsync(Long, Token);
        }
    }

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(_listener.LocalEndPoint!, Token);
        return (client, await _listener.AcceptAsync(Token));
    }
}
