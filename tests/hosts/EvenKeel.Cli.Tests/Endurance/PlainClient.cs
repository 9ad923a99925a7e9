using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EvenKeel.Cli.Tests.Endurance;

/// <summary>A connection that asks and reads byte by byte what comes, and repeats nothing by itself: what a client really got.</summary>
internal sealed class PlainClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    private PlainClient()
    {
    }

    public Socket Socket => _socket;

    public static async Task<PlainClient> ConnectAsync(Uri url, int receiveBuffer = 0)
    {
        var client = new PlainClient();
        if (receiveBuffer > 0)
        {
            client._socket.ReceiveBufferSize = receiveBuffer;
        }

        await client._socket.ConnectAsync(IPAddress.Loopback, url.Port, TestContext.Current.CancellationToken);
        return client;
    }

    public async Task SendAsync(string text) => await _socket.SendAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    public async Task<PlainReply> GetAsync(string path)
    {
        await SendAsync($"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");
        var reply = await ReadHeadAsync();
        return reply with { Body = await ReadBodyAsync(reply.Length) };
    }

    /// <summary>The status line and the fields; the body is left.</summary>
    public async Task<PlainReply> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!EndsHead(head))
        {
            head.Append((char)await ReadByteAsync());
        }

        var lines = head.ToString().Split("\r\n");
        return new PlainReply(
            int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture), FieldOf(lines, "X-EvenKeel-Instance"),
            int.Parse(FieldOf(lines, "Content-Length") ?? "0", CultureInfo.InvariantCulture), "");
    }

    /// <summary>So many bytes.</summary>
    /// <exception cref="EndOfStreamException">The stream ended before: the response was cut off.</exception>
    public async Task<string> ReadBodyAsync(int length)
    {
        var body = new StringBuilder(length);
        while (body.Length < length)
        {
            body.Append((char)await ReadByteAsync());
        }

        return body.ToString();
    }

    /// <summary>Ends with RST.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<byte> ReadByteAsync()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = await _socket.ReceiveAsync(_buffer.AsMemory(), TestContext.Current.CancellationToken);
            if (_end == 0)
            {
                throw new EndOfStreamException("the stream ended within a response");
            }
        }

        return _buffer[_start++];
    }

    private static bool EndsHead(StringBuilder head)
        => head.Length >= 4 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r';

    private static string? FieldOf(string[] lines, string name)
        => lines.FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];
}
