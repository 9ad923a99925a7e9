using EvenKeel.Http.Faults;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Http.Bodies;

/// <summary>
/// Carries one body from one hop to the next: finds its end, validates its framing, counts its bytes against a limit and leaves in the
/// receive buffer what is to be sent. One object serves any number of bodies.
/// </summary>
public sealed class BodyTransfer
{
    /// <summary>Writable bytes that have to be in front of the input: a chunk line of 16 digits, and the line end of the chunk before.</summary>
    public const int Room = 32;

    private readonly ChunkedReader _reader = new();
    private byte[] _tail = [];
    private int _tailLength;
    private bool _decode;
    private long _limit;
    private long _left;

    /// <summary>How the body's end is found.</summary>
    public BodyKind Kind { get; private set; }

    /// <summary>True when the body's last byte was processed. A body until the connection's end is completed by <see cref="End"/>.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>What is wrong with the body, or none. After a fault nothing more is processed.</summary>
    public HttpFault Fault { get; private set; }

    /// <summary>Bytes of content so far, framing not counted.</summary>
    public long Received { get; private set; }

    /// <summary>When the body is complete and had trailers: its last chunk and the trailers, to be sent behind the last piece.</summary>
    public ReadOnlySpan<byte> Tail => _tail.AsSpan(0, _tailLength);

    /// <summary>Begins a body.</summary>
    /// <param name="framing">How it arrives.</param>
    /// <param name="decode">True to leave the chunk lines and trailers out, for a receiver that does not know them.</param>
    /// <param name="limit">The most bytes of content.</param>
    public void Begin(BodyFraming framing, bool decode, long limit)
    {
        Kind = framing.Kind;
        IsComplete = framing.Kind == BodyKind.None;
        Fault = framing.Length > limit ? HttpFault.BodyTooLarge : HttpFault.None;
        Received = 0;
        _left = framing.Length;
        _decode = decode;
        _limit = limit;
        _tailLength = 0;
        if (Kind == BodyKind.Chunked)
        {
            _reader.Reset();
        }
    }

    /// <summary>Processes received bytes in place.</summary>
    /// <param name="buffer">The received bytes with at least <see cref="Room"/> writable bytes in front.</param>
    /// <param name="start">Where the received bytes start.</param>
    public BodyPiece Process(Span<byte> buffer, int start)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(start, Room);
        if (IsComplete || Fault != HttpFault.None)
        {
            return new BodyPiece(0, start, 0);
        }

        if (Kind == BodyKind.Chunked)
        {
            return ProcessChunks(buffer, start);
        }

        var length = buffer.Length - start;
        if (Kind == BodyKind.Length)
        {
            length = (int)Math.Min(length, _left);
            _left -= length;
            IsComplete = _left == 0;
        }

        Received += length;
        if (Received > _limit)
        {
            Fault = HttpFault.BodyTooLarge;
            return new BodyPiece(0, start, 0);
        }

        return new BodyPiece(length, start, length);
    }

    /// <summary>The sender has ended its side.</summary>
    /// <returns>True when the body is complete; false when it was cut off.</returns>
    public bool End()
    {
        IsComplete |= Kind == BodyKind.UntilClose;
        return IsComplete;
    }

    private BodyPiece ProcessChunks(Span<byte> buffer, int start)
    {
        var writer = new ChunkedWriter(buffer, start);
        var position = start;
        while (true)
        {
            switch (_reader.Read(buffer, ref position, out var data))
            {
                case ChunkedEvent.Chunk when _reader.ChunkSize > _limit - Received:
                    Fault = HttpFault.BodyTooLarge;
                    return new BodyPiece(position - start, writer.Start, writer.Length);
                case ChunkedEvent.Chunk:
                    Received += _reader.ChunkSize;
                    if (!_decode)
                    {
                        writer.WriteChunkLine(_reader.ChunkSize, position);
                    }

                    break;
                case ChunkedEvent.Data:
                    writer.WriteData(data, position);
                    break;
                case ChunkedEvent.ChunkEnd when !_decode:
                    writer.Write("\r\n"u8, position);
                    break;
                case ChunkedEvent.Done:
                    IsComplete = true;
                    WriteEnd(ref writer, position);
                    return new BodyPiece(position - start, writer.Start, writer.Length);
                case ChunkedEvent.Invalid:
                    Fault = _reader.Fault;
                    return new BodyPiece(position - start, writer.Start, writer.Length);
                case ChunkedEvent.NeedMore:
                    return new BodyPiece(position - start, writer.Start, writer.Length);
            }
        }
    }

    private void WriteEnd(ref ChunkedWriter writer, int position)
    {
        if (_decode)
        {
            return;
        }

        if (_reader.Trailers.Fields.IsEmpty)
        {
            writer.Write("0\r\n\r\n"u8, position);
            return;
        }

        // A line may grow by the space behind its colon, so that the section is at most this much longer than it came.
        var size = TrailerSection.MaxBytes + TrailerSection.MaxFields + 8;
        if (_tail.Length < size)
        {
            _tail = new byte[size];
        }

        var tail = new ByteWriter(_tail);
        tail.Write("0\r\n"u8);
        _reader.Trailers.WriteTo(ref tail);
        tail.Write("\r\n"u8);
        _tailLength = tail.Length;
    }
}
