using System.Net.Sockets;
using System.Threading.Channels;
using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Replies;
using EvenKeel.State.Connections;
using EvenKeel.State.Options;

namespace EvenKeel.State.Subscriptions;

/// <summary>
/// One socket in the mode of subscriptions. Requests are queued in the order of their calls; what comes is handed to the hub as it is, from
/// the receiving half. After a silence it sends PING, and it ends when nothing arrives within the time of a heartbeat.
/// </summary>
internal sealed class SubscriberConnection : IDisposable
{
    private readonly Channel<string[]> _requests = Channel.CreateUnbounded<string[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Socket _socket;
    private readonly bool _resp3;
    private readonly StateClientOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<RespValue> _receive;
    private long _received;

    private SubscriberConnection(Socket socket, bool resp3, StateClientOptions options, TimeProvider time, Action<RespValue> receive)
    {
        _socket = socket;
        _resp3 = resp3;
        _options = options;
        _time = time;
        _receive = receive;
        _received = time.GetTimestamp();
    }

    public static async Task<SubscriberConnection> OpenAsync(
        StateClientOptions options, TimeProvider time, Action<RespValue> receive, CancellationToken cancellationToken)
    {
        (Socket socket, bool resp3) = await Handshake.ConnectAsync(options, time, cancellationToken).ConfigureAwait(false);
        return new SubscriberConnection(socket, resp3, options, time, receive);
    }

    public void Subscribe(string channel) => _requests.Writer.TryWrite(["SUBSCRIBE", channel]);

    public void Unsubscribe(string channel) => _requests.Writer.TryWrite(["UNSUBSCRIBE", channel]);

    /// <summary>Sends and receives until the connection ends.</summary>
    /// <returns>Why it ended.</returns>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<string>[] halves = [GuardAsync(SendAsync(ended.Token)), GuardAsync(ReceiveAsync(ended.Token)), GuardAsync(BeatAsync(ended.Token))];
        string reason = await (await Task.WhenAny(halves).ConfigureAwait(false)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(halves).ConfigureAwait(false);
        return reason;
    }

    public void Dispose() => _socket.Dispose();

    private static async Task<string> GuardAsync(Task<string> half)
    {
        try
        {
            return await half.ConfigureAwait(false);
        }
        catch (SocketException error)
        {
            return $"the connection broke ({error.SocketErrorCode})";
        }
        catch (OperationCanceledException)
        {
            return "this client was disposed";
        }
        catch (Exception error)
        {
            return $"the connection failed ({error.Message})";
        }
    }

    private async Task<string> SendAsync(CancellationToken ended)
    {
        var writer = new RespWriter();
        await foreach (string[] request in _requests.Reader.ReadAllAsync(ended).ConfigureAwait(false))
        {
            writer.Clear();
            writer.WriteArrayHeader(request.Length);
            foreach (string argument in request)
            {
                writer.WriteBulk(argument);
            }

            for (ReadOnlyMemory<byte> rest = writer.WrittenMemory; rest.Length > 0;)
            {
                rest = rest[await _socket.SendAsync(rest, SocketFlags.None, ended).ConfigureAwait(false)..];
            }
        }

        return "the connection was closed";
    }

    private async Task<string> ReceiveAsync(CancellationToken ended)
    {
        var parser = new ReplyParser(RespLimits.Default, _resp3);
        byte[] buffer = new byte[16 * 1024];
        while (true)
        {
            int received = await _socket.ReceiveAsync(buffer, SocketFlags.None, ended).ConfigureAwait(false);
            if (received == 0)
            {
                return "the server closed the connection";
            }

            Volatile.Write(ref _received, _time.GetTimestamp());
            for (ReadOnlyMemory<byte> rest = buffer.AsMemory(0, received); rest.Length > 0;)
            {
                ReplyStatus status = parser.Read(rest.Span, out int consumed, out RespValue? value);
                rest = rest[consumed..];
                if (status == ReplyStatus.Invalid)
                {
                    return $"the server sent what is no reply ({parser.Error})";
                }

                if (status == ReplyStatus.Complete)
                {
                    if (value!.Kind == RespKind.Error)
                    {
                        return $"the server refused: {value.Text}";
                    }

                    _receive(value);
                }
            }
        }
    }

    private async Task<string> BeatAsync(CancellationToken ended)
    {
        while (true)
        {
            TimeSpan silence = _time.GetElapsedTime(Volatile.Read(ref _received));
            if (silence < _options.HeartbeatInterval)
            {
                await Task.Delay(_options.HeartbeatInterval - silence + TimeSpan.FromMilliseconds(1), _time, ended).ConfigureAwait(false);
                continue;
            }

            long heard = Volatile.Read(ref _received);
            _requests.Writer.TryWrite(["PING"]);
            await Task.Delay(_options.HeartbeatTimeout, _time, ended).ConfigureAwait(false);
            if (Volatile.Read(ref _received) == heard)
            {
                return $"the server was silent for {_time.GetElapsedTime(heard).TotalSeconds:0.0} s and did not answer PING";
            }
        }
    }
}
