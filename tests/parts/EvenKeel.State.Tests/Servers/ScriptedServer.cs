using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EvenKeel.State.Tests.Servers;

/// <summary>A server that answers the handshake and then leaves each connection to the test, byte for byte.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);

    public ScriptedServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Accepts a connection and answers its PING.</summary>
    public async Task<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        Socket peer = await _listener.AcceptAsync(cancellationToken);
        Assert.Contains("PING", await ReadAsync(peer, cancellationToken), StringComparison.Ordinal);
        await SendAsync(peer, "+PONG\r\n", cancellationToken);
        return peer;
    }

    public static async Task<string> ReadAsync(Socket peer, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await peer.ReceiveAsync(buffer, cancellationToken));
    }

    /// <summary>Reads until a word has come a number of times.</summary>
    public static async Task ReadAsync(Socket peer, string word, int times, CancellationToken cancellationToken)
    {
        for (string read = ""; read.Split(word).Length <= times;)
        {
            read += await ReadAsync(peer, cancellationToken);
        }
    }

    public static async Task SendAsync(Socket peer, string text, CancellationToken cancellationToken) =>
        await peer.SendAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    public void Dispose() => _listener.Dispose();
}
