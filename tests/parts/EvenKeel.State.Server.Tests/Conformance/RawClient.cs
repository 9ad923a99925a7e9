using System.Net;
using System.Net.Sockets;
using System.Text;
using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Replies;

namespace EvenKeel.State.Server.Tests.Conformance;

/// <summary>Sends bytes and shows the bytes of replies.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly ReplyParser _parser = new(RespLimits.Default);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    public static async Task<RawClient> ConnectAsync(IPEndPoint address)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Sends a command given as words, and returns the reply's bytes as text.</summary>
    public async Task<string> CallAsync(params string[] words)
    {
        var writer = new RespWriter();
        writer.WriteArrayHeader(words.Length);
        foreach (string word in words)
        {
            writer.WriteBulk(Encoding.Latin1.GetBytes(word));
        }

        await SendAsync(writer.WrittenMemory);
        return await ReadReplyAsync() ?? "(closed)";
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, TestContext.Current.CancellationToken)..];
        }
    }

    /// <summary>One reply's bytes, or null at the end of the stream.</summary>
    public async Task<string?> ReadReplyAsync()
    {
        while (true)
        {
            ReplyStatus status = _parser.Read(_buffer.AsSpan(_start, _end - _start), out int consumed, out RespValue? value);
            _start += consumed;
            Assert.NotEqual(ReplyStatus.Invalid, status);
            if (status == ReplyStatus.Complete)
            {
                var writer = new RespWriter();
                value!.WriteTo(writer);
                return Encoding.Latin1.GetString(writer.Written);
            }

            _start = 0;
            _end = await _socket.ReceiveAsync(_buffer, TestContext.Current.CancellationToken);
            if (_end == 0)
            {
                return null;
            }
        }
    }

    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();
}
