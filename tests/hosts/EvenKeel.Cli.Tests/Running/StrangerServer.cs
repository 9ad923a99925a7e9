using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EvenKeel.Cli.Tests.Running;

/// <summary>
/// A server that EvenKeel did not start. It answers every request with its name; <c>/slow</c> once <see cref="Finish"/> was called; a request
/// to upgrade with 101, and then sends back what it gets.
/// </summary>
internal sealed class StrangerServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly TaskCompletionSource _slow = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;
    private readonly Task _accepting;

    public StrangerServer(string name)
    {
        _name = name;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(128);
        Address = _listener.LocalEndPoint!.ToString()!;
        _accepting = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>Every head that arrived.</summary>
    public ConcurrentQueue<string> Heads { get; } = [];

    /// <summary>Completes when a request for <c>/slow</c> is here.</summary>
    public Task HasSlowRequest => _slow.Task;

    /// <summary>Lets slow requests be answered.</summary>
    public void Finish() => _finish.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var socket in _sockets)
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
                _sockets.Add(socket);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    // One request at a time, without bodies: that is all the gateway is asked to send here.
    private async Task ServeAsync(Socket socket)
    {
        try
        {
            var text = new StringBuilder();
            var buffer = new byte[16 * 1024];
            while (await socket.ReceiveAsync(buffer) is var read and > 0)
            {
                text.Append(Encoding.ASCII.GetString(buffer, 0, read));
                if (text.ToString() is not [.., '\r', '\n', '\r', '\n'])
                {
                    continue;
                }

                var head = text.ToString();
                text.Clear();
                Heads.Enqueue(head);
                if (head.Contains("Upgrade: websocket", StringComparison.OrdinalIgnoreCase))
                {
                    await EchoAsync(socket, buffer);
                    return;
                }

                if (head.StartsWith("GET /slow", StringComparison.Ordinal))
                {
                    _slow.TrySetResult();
                    await _finish.Task;
                }

                await SendAsync(socket, string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Length: {_name.Length}\r\n\r\n{_name}"));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The gateway closed the connection, or the test is over.
        }
    }

    private static async Task EchoAsync(Socket socket, byte[] buffer)
    {
        await SendAsync(socket, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        while (await socket.ReceiveAsync(buffer) is var read and > 0)
        {
            await socket.SendAsync(buffer.AsMemory(0, read));
        }
    }

    private static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text));
}
