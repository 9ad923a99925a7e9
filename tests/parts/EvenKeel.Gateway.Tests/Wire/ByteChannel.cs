using System.Net.Sockets;
using System.Text;

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>A socket with exact control over what is sent and when, and a reader that knows just enough of HTTP to find the end of a message.</summary>
internal sealed class ByteChannel(Socket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public Socket Socket => socket;

    public ValueTask SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, Deadline.Token)..];
        }
    }

    /// <summary>The next byte, or -1 at the end of the stream.</summary>
    public async ValueTask<int> ReadByteAsync() => await FillAsync() ? _buffer[_start++] : -1;

    public async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            var value = await ReadByteAsync();
            if (value < 0)
            {
                throw new EndOfStreamException($"The stream ended within a line: {line}");
            }

            if (value == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)value);
        }
    }

    /// <summary>The lines of a head, without the empty one; null when the stream ends first.</summary>
    public async Task<List<string>?> ReadHeadAsync()
    {
        if (!await FillAsync())
        {
            return null;
        }

        var lines = new List<string>();
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    public async Task<byte[]> ReadExactAsync(long count)
    {
        var bytes = new byte[count];
        var position = 0;
        while (position < count)
        {
            if (!await FillAsync())
            {
                throw new EndOfStreamException($"The stream ended after {position} of {count} bytes.");
            }

            var taken = (int)Math.Min(count - position, _end - _start);
            _buffer.AsSpan(_start, taken).CopyTo(bytes.AsSpan(position));
            _start += taken;
            position += taken;
        }

        return bytes;
    }

    /// <summary>Everything until the other side ends; throws a SocketException when it resets.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var text = new StringBuilder();
        while (await FillAsync())
        {
            text.Append(Encoding.Latin1.GetString(_buffer, _start, _end - _start));
            _start = _end;
        }

        return text.ToString();
    }

    /// <summary>Reads some bytes and forgets them; 0 at the end of the stream.</summary>
    public async Task<int> SkipAsync(Action<ReadOnlyMemory<byte>> see)
    {
        if (!await FillAsync())
        {
            return 0;
        }

        var length = _end - _start;
        see(_buffer.AsMemory(_start, length));
        _start = _end;
        return length;
    }

    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Ends with RST.</summary>
    public void Reset()
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception error) when (error is ObjectDisposedException or SocketException)
        {
            // It has ended already.
        }

        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();

    private async ValueTask<bool> FillAsync()
    {
        if (_start < _end)
        {
            return true;
        }

        _start = 0;
        _end = await socket.ReceiveAsync(_buffer, Deadline.Token);
        return _end > 0;
    }
}
