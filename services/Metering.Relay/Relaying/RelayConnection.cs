using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Metering.Relay.Frames;

namespace Metering.Relay.Relaying;

/// <summary>
/// One connection. Replies to a step are held until its end, so that it can be decided whether the client learns of them; a reply that is larger
/// than the limit, or a COPY, is passed on as it comes. Whoever ends first, client, server or rule, ends it for both.
/// </summary>
internal sealed class RelayConnection(Socket client, IPEndPoint target, RelayRules rules, TimeProvider time)
{
    private const int MostHeld = 1024 * 1024;
    private const int MostOnTheWay = 64;
    private const int TlsRequest = 80877103;
    private const int GssRequest = 80877104;

    private readonly Queue<RelayStep> _open = new();
    private readonly Lock _gate = new();

    private readonly Channel<(long At, byte[] Bytes)> _onTheWay = Channel.CreateBounded<(long, byte[])>(MostOnTheWay);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(target, ending.Token);
            using var near = new NetworkStream(client);
            using var far = new NetworkStream(server);
            var up = SendAsync(near, far, ending.Token);
            var down = AnswerAsync(far, near, ending.Token);
            await Task.WhenAny(up, down);
            await ending.CancelAsync();
            await Task.WhenAll(up, down);
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException or InvalidDataException or ObjectDisposedException)
        {
            // It is over, for whatever reason.
        }
        finally
        {
            // A reset, not an end in good order: the peer is to see a broken connection.
            client.Close(0);
        }
    }

    private async Task SendAsync(NetworkStream near, NetworkStream far, CancellationToken cancellationToken)
    {
        var reader = new FrameReader(near);
        Frame? frame;
        while ((frame = await reader.ReadFirstAsync(cancellationToken)) is { } first && Code(first) is TlsRequest or GssRequest)
        {
            // "N": the connection stays as it is.
            await near.WriteAsync("N"u8.ToArray(), cancellationToken);
        }

        var held = new MemoryStream();
        var step = new RelayStep();
        for (; frame is { } next; frame = await reader.ReadAsync(cancellationToken))
        {
            held.Write(next.Bytes.Span);
            step.Sent(next);
            if (next.Type is 'Q' or 'S')
            {
                await rules.Before(step, cancellationToken);
                lock (_gate)
                {
                    _open.Enqueue(step);
                }

                step = new RelayStep();
            }

            // Parse, Bind, Describe, Execute and Close wait for what completes them; the server would not answer before either.
            if (next.Type is not ('P' or 'B' or 'D' or 'E' or 'C'))
            {
                await far.WriteAsync(Taken(held), cancellationToken);
            }
        }
    }

    private async Task AnswerAsync(NetworkStream far, NetworkStream near, CancellationToken cancellationToken)
    {
        var arriving = ArriveAsync(near, cancellationToken);
        var reader = new FrameReader(far);
        var held = new MemoryStream();
        while (await reader.ReadAsync(cancellationToken) is { } frame)
        {
            RelayStep? step;
            lock (_gate)
            {
                _open.TryPeek(out step);
            }

            held.Write(frame.Bytes.Span);
            step?.Answered(frame);
            if (step is not null && frame.Type == 'Z')
            {
                lock (_gate)
                {
                    _open.Dequeue();
                }

                if (rules.Cut(step))
                {
                    return;
                }
            }

            // Without an open step it is the greeting, a notice or a notification. G, H and W begin a COPY, which goes on only when they arrive.
            if (step is null || frame.Type is 'Z' or 'G' or 'H' or 'W' || held.Length > MostHeld)
            {
                await _onTheWay.Writer.WriteAsync((time.GetTimestamp(), Taken(held)), cancellationToken);
            }
        }

        // The server has ended it, and its last words are on the way.
        _onTheWay.Writer.Complete();
        await arriving;
    }

    // What arrives later is under way already while the first is: a delay takes time, and no throughput.
    private async Task ArriveAsync(NetworkStream near, CancellationToken cancellationToken)
    {
        await foreach (var (at, bytes) in _onTheWay.Reader.ReadAllAsync(cancellationToken))
        {
            if (rules.Delay - time.GetElapsedTime(at) is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, cancellationToken);
            }

            await near.WriteAsync(bytes, cancellationToken);
        }
    }

    private static byte[] Taken(MemoryStream held)
    {
        var bytes = held.ToArray();
        held.SetLength(0);
        return bytes;
    }

    private static int Code(Frame frame) => frame.Body.Length < 4 ? 0 : BinaryPrimitives.ReadInt32BigEndian(frame.Body);
}
