using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>An instance made of a plain listening socket; what it does with each connection is a script of the test.</summary>
internal sealed class Origin : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentBag<ByteChannel> _channels = [];
    private readonly ConcurrentBag<Task> _scripts = [];
    private readonly Task _accepting;
    private int _connections;

    public Origin(Func<ByteChannel, Task> script, int port = 0)
    {
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen(512);
        Address = (IPEndPoint)_listener.LocalEndPoint!;
        _accepting = AcceptAsync(script);
    }

    public IPEndPoint Address { get; }

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Every head that arrived through <see cref="Serve"/>.</summary>
    public ConcurrentQueue<List<string>> Heads { get; } = [];

    public ConcurrentQueue<string> Bodies { get; } = [];

    /// <summary>Answers every request with what the function makes of its head and body, and keeps the connection.</summary>
    public static Origin Serve(Func<List<string>, string, string> answer)
    {
        Origin? origin = null;
        origin = new Origin(async channel =>
        {
            while (await channel.ReadHeadAsync() is { } head)
            {
                var body = await ReadBodyAsync(channel, head);
                origin!.Heads.Enqueue(head);
                origin.Bodies.Enqueue(body);
                await channel.SendAsync(answer(head, body));
            }
        });
        return origin;
    }

    public static Origin Say(string text) => Serve((_, _) => Ok(text));

    public static string Ok(string text, string fields = "") => $"HTTP/1.1 200 OK\r\nContent-Length: {text.Length}\r\n{fields}\r\n{text}";

    public static async Task<string> ReadBodyAsync(ByteChannel channel, List<string> head)
    {
        if (head.Find(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)) is { } length)
        {
            return Encoding.Latin1.GetString(await channel.ReadExactAsync(long.Parse(length.AsSpan(16), null)));
        }

        if (!head.Contains("Transfer-Encoding: chunked"))
        {
            return "";
        }

        var raw = new StringBuilder();
        while (true)
        {
            var line = await channel.ReadLineAsync();
            var size = Convert.ToInt64(line, 16);
            raw.Append(line).Append("\r\n");
            if (size == 0)
            {
                break;
            }

            raw.Append(Encoding.Latin1.GetString(await channel.ReadExactAsync(size + 2)));
        }

        string trailer;
        do
        {
            trailer = await channel.ReadLineAsync();
            raw.Append(trailer).Append("\r\n");
        }
        while (trailer.Length > 0);
        return raw.ToString();
    }

    /// <summary>Stops listening and resets every connection, as a killed process does.</summary>
    public void Kill()
    {
        _listener.Dispose();
        foreach (var channel in _channels)
        {
            channel.Reset();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _accepting;
        await Task.WhenAll(_scripts);
    }

    private async Task AcceptAsync(Func<ByteChannel, Task> script)
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                socket.NoDelay = true;
                Interlocked.Increment(ref _connections);
                var channel = new ByteChannel(socket);
                _channels.Add(channel);
                _scripts.Add(RunAsync(script, channel));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The origin was killed.
        }
    }

    private static async Task RunAsync(Func<ByteChannel, Task> script, ByteChannel channel)
    {
        try
        {
            await script(channel);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or EndOfStreamException or OperationCanceledException)
        {
            // The gateway ended the connection, or the test did.
        }
        finally
        {
            channel.Dispose();
        }
    }
}
