using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EvenKeel.Cli.Tests.Endurance;

/// <summary>Answers every request on any number of kept connections with the same bytes, made once, so that it costs a test's memory nothing.</summary>
internal sealed class FixedServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Socket, bool> _sockets = [];
    private readonly byte[] _answer;
    private readonly Task _accepting;

    public FixedServer(int size)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n");
        _answer = [.. Encoding.ASCII.GetBytes(head), .. Enumerable.Repeat((byte)'x', size)];
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        Address = _listener.LocalEndPoint!.ToString()!;
        _accepting = AcceptAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var socket in _sockets.Keys)
        {
            socket.Dispose();
        }

        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                _sockets[socket] = true;
                _ = ServeAsync(socket);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // The gateway sends one request at a time, whose head ends what has arrived.
    private async Task ServeAsync(Socket socket)
    {
        var buffer = new byte[4096];
        var filled = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(filled)) is var read and > 0)
            {
                filled += read;
                if (!buffer.AsSpan(0, filled).EndsWith("\r\n\r\n"u8))
                {
                    continue;
                }

                filled = 0;
                for (var sent = 0; sent < _answer.Length;)
                {
                    sent += await socket.SendAsync(_answer.AsMemory(sent));
                }
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The gateway closed the connection, or the test is over.
        }

        _sockets.TryRemove(socket, out _);
        socket.Dispose();
    }
}
