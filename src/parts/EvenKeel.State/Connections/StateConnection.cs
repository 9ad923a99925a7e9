using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;
using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Replies;
using EvenKeel.State.Options;

namespace EvenKeel.State.Connections;

/// <summary>
/// One open socket that carries all operations. A sender takes whatever has queued up, writes it as one batch and remembers the order; a
/// receiver matches replies to it. When either ends, the socket is closed and every operation that was taken and not answered is lost, its
/// outcome unknown: a stream that lost its place is never used again.
/// </summary>
internal sealed class StateConnection : IDisposable
{
    private const int BatchBytes = 64 * 1024;
    private readonly Socket _socket;
    private readonly bool _resp3;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<PendingOperation> _awaiting = new();
    private readonly CancellationTokenSource _ended = new();
    private long _received;
    private string? _reason;

    private StateConnection(Socket socket, bool resp3, TimeProvider time)
    {
        _socket = socket;
        _resp3 = resp3;
        _time = time;
        _received = time.GetTimestamp();
    }

    /// <summary>Timestamp of the last received bytes.</summary>
    public long ReceivedAt => Volatile.Read(ref _received);

    /// <summary>Connects and shakes hands.</summary>
    /// <exception cref="IOException">It did not succeed; the message says why, in words that follow "the server at ADDRESS:".</exception>
    public static async Task<StateConnection> OpenAsync(StateClientOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        (Socket socket, bool resp3) = await Handshake.ConnectAsync(options, time, cancellationToken).ConfigureAwait(false);
        return new StateConnection(socket, resp3, time);
    }

    /// <summary>Carries operations until the connection ends.</summary>
    /// <param name="queue">The operations.</param>
    /// <param name="heartbeat">What asks a silent peer for a sign of life; null where commands may block.</param>
    /// <param name="cancellationToken">Ends the connection.</param>
    /// <returns>Why it ended.</returns>
    public async Task<string> RunAsync(Channel<PendingOperation> queue, Heartbeat? heartbeat, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration stop = cancellationToken.Register(() => End("this client was disposed"));
        Task sending = GuardAsync(SendAsync(queue.Reader));
        Task receiving = GuardAsync(ReceiveAsync());
        Task beating = heartbeat is null ? Task.CompletedTask : GuardAsync(heartbeat.RunAsync(this, queue.Writer, _ended.Token));
        await Task.WhenAll(sending, receiving, beating).ConfigureAwait(false);
        string reason = _reason ?? "the connection ended";
        while (_awaiting.TryDequeue(out PendingOperation? operation))
        {
            operation.Lose(reason);
        }

        return reason;
    }

    /// <summary>Ends the connection; the first reason given is the one that is reported.</summary>
    public void End(string reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            _ended.Cancel();
            _socket.Dispose();
        }
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose()
    {
        End("the connection was closed");
        _ended.Dispose();
    }

    private async Task GuardAsync(Task half)
    {
        try
        {
            await half.ConfigureAwait(false);
            End("the connection ended");
        }
        catch (SocketException error)
        {
            End($"the connection broke ({error.SocketErrorCode})");
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            End("the connection was closed");
        }
        catch (Exception error)
        {
            End($"the connection failed ({error.Message})");
        }
    }

    private async Task SendAsync(ChannelReader<PendingOperation> queue)
    {
        var writer = new RespWriter();
        var batch = new List<PendingOperation>();
        while (await queue.WaitToReadAsync(_ended.Token).ConfigureAwait(false))
        {
            writer.Clear();
            batch.Clear();
            while (writer.Length < BatchBytes && !_ended.IsCancellationRequested && queue.TryRead(out PendingOperation? operation))
            {
                if (operation.TryTake(_time.GetTimestamp()))
                {
                    // Before its bytes leave, so that the receiver never meets a reply without its operation.
                    _awaiting.Enqueue(operation);
                    batch.Add(operation);
                    operation.WriteTo(writer);
                }
            }

            for (ReadOnlyMemory<byte> rest = writer.WrittenMemory; rest.Length > 0;)
            {
                rest = rest[await _socket.SendAsync(rest, SocketFlags.None, _ended.Token).ConfigureAwait(false)..];
            }

            long now = _time.GetTimestamp();
            foreach (PendingOperation operation in batch)
            {
                operation.MarkSent(now);
            }
        }
    }

    private async Task ReceiveAsync()
    {
        var parser = new ReplyParser(RespLimits.Default, _resp3);
        byte[] buffer = new byte[BatchBytes];
        while (true)
        {
            int received = await _socket.ReceiveAsync(buffer, SocketFlags.None, _ended.Token).ConfigureAwait(false);
            if (received == 0)
            {
                End("the server closed the connection");
                return;
            }

            Volatile.Write(ref _received, _time.GetTimestamp());
            if (!Deliver(parser, buffer.AsSpan(0, received)))
            {
                return;
            }
        }
    }

    private bool Deliver(ReplyParser parser, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            ReplyStatus status = parser.Read(bytes, out int consumed, out RespValue? reply);
            bytes = bytes[consumed..];
            if (status == ReplyStatus.Invalid)
            {
                End($"the server sent what is no reply ({parser.Error})");
                return false;
            }

            // Nothing here asks for pushes; a server may send one all the same, and it answers no operation.
            if (status == ReplyStatus.Complete && reply!.Kind != RespKind.Push)
            {
                if (!_awaiting.TryDequeue(out PendingOperation? operation))
                {
                    End("the server sent a reply that nothing asked for");
                    return false;
                }

                operation.Complete(reply);
            }
        }

        return true;
    }
}
