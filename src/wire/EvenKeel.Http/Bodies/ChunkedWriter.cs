using System.Diagnostics;
using System.Numerics;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Http.Bodies;

/// <summary>
/// Puts a body in chunks together again, in the buffer that it was received in: each chunk keeps its size, each chunk line is written
/// anew. What is written is never longer than what was read, but for a chunk line whose beginning stood in an earlier buffer; the few
/// bytes that this takes are in front of the input.
/// </summary>
internal ref struct ChunkedWriter
{
    private readonly Span<byte> _buffer;
    private int _start;
    private int _end;

    /// <summary>Begins to write over a buffer whose input starts at a position.</summary>
    public ChunkedWriter(Span<byte> buffer, int start)
    {
        _buffer = buffer;
        _start = start;
        _end = start;
    }

    /// <summary>Where the output starts.</summary>
    public readonly int Start => _start;

    /// <summary>How long the output is.</summary>
    public readonly int Length => _end - _start;

    /// <summary>Writes a chunk line. Everything in front of <paramref name="read"/> has been read and may be written over.</summary>
    public void WriteChunkLine(long size, int read)
    {
        var length = ((67 - BitOperations.LeadingZeroCount((ulong)size)) >> 2) + 2;
        MakeRoom(length, read);
        var writer = new ByteWriter(_buffer[_end..]);
        writer.WriteHex((ulong)size);
        writer.Write("\r\n"u8);
        _end += writer.Length;
    }

    /// <summary>Writes the data that ends at <paramref name="read"/>.</summary>
    public void WriteData(int length, int read)
    {
        var from = read - length;
        if (_start == _end)
        {
            _start = _end = from;
        }
        else if (from != _end)
        {
            _buffer.Slice(from, length).CopyTo(_buffer[_end..]);
        }

        _end += length;
    }

    /// <summary>Writes a few fixed bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes, int read)
    {
        MakeRoom(bytes.Length, read);
        bytes.CopyTo(_buffer[_end..]);
        _end += bytes.Length;
    }

    // With nothing written yet the output is placed so that it ends where the reading stands, which keeps the data behind it in its place.
    // From then on each piece is at most as long as what was read for it, so that it always fits in front of the reading position.
    private void MakeRoom(int length, int read)
    {
        if (_start == _end)
        {
            _start = _end = read - length;
        }

        Debug.Assert(_end + length <= read, "The output would run over bytes that were not read yet.");
    }
}
