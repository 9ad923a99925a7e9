using System.Buffers;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Faults;

namespace EvenKeel.Gateway.Exchanges;

/// <summary>
/// A request whose route depends on its body: its head and what has arrived of the body, as it came and decoded. It is held until the body is
/// whole or larger than may be looked into. Used again and again; its memory is borrowed while something is held.
/// </summary>
internal sealed class HeldRequest
{
    private readonly BodyTransfer _decoder = new();
    private byte[] _raw = [];
    private byte[] _content = [];
    private int _head;
    private int _rawLength;
    private int _contentLength;
    private int _limit;

    /// <summary>True while a request is held.</summary>
    public bool IsHolding { get; private set; }

    /// <summary>True when the body is whole.</summary>
    public bool IsComplete => _decoder.IsComplete;

    /// <summary>True when the body is larger than may be looked into.</summary>
    public bool IsTooLarge => _contentLength > _limit || _rawLength - _head > (2 * _limit) + 4096;

    /// <summary>What is wrong with the body, or none.</summary>
    public HttpFault Fault => _decoder.Fault;

    /// <summary>The head as it came.</summary>
    public ReadOnlySpan<byte> Head => _raw.AsSpan(0, _head);

    /// <summary>The decoded content so far.</summary>
    public ReadOnlySpan<byte> Content => _content.AsSpan(0, _contentLength);

    /// <summary>The head, which is writable room now, and the body as it came behind <see cref="BodyStart"/>.</summary>
    public Span<byte> Bytes => _raw.AsSpan(0, _rawLength);

    /// <summary>Where the body starts in <see cref="Bytes"/>.</summary>
    public int BodyStart => _head;

    /// <summary>Begins with a head, which is at least as long as the room that a body needs in front.</summary>
    public void Begin(ReadOnlySpan<byte> head, BodyFraming framing, int limit)
    {
        IsHolding = true;
        _limit = limit;
        _decoder.Begin(framing, decode: true, long.MaxValue);
        _head = _rawLength = _contentLength = 0;
        Append(ref _raw, ref _rawLength, head);
        while (_rawLength < BodyTransfer.Room)
        {
            Append(ref _raw, ref _rawLength, " "u8);
        }

        _head = _rawLength;
    }

    /// <summary>Takes what has arrived of the body.</summary>
    /// <param name="bytes">What has arrived.</param>
    /// <returns>How many bytes of it are of this body.</returns>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        var work = ArrayPool<byte>.Shared.Rent(BodyTransfer.Room + bytes.Length);
        bytes.CopyTo(work.AsSpan(BodyTransfer.Room));
        var piece = _decoder.Process(work.AsSpan(0, BodyTransfer.Room + bytes.Length), BodyTransfer.Room);
        Append(ref _content, ref _contentLength, work.AsSpan(piece.OutputStart, piece.OutputLength));
        Append(ref _raw, ref _rawLength, bytes[..piece.Consumed]);
        ArrayPool<byte>.Shared.Return(work);
        return piece.Consumed;
    }

    /// <summary>Holds nothing any more.</summary>
    public void End()
    {
        if (IsHolding)
        {
            IsHolding = false;
            GiveBack(ref _raw);
            GiveBack(ref _content);
        }
    }

    private static void Append(ref byte[] buffer, ref int length, ReadOnlySpan<byte> bytes)
    {
        if (length + bytes.Length > buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length + bytes.Length, buffer.Length * 2));
            buffer.AsSpan(0, length).CopyTo(larger);
            GiveBack(ref buffer);
            buffer = larger;
        }

        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    private static void GiveBack(ref byte[] buffer)
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
        }
    }
}
