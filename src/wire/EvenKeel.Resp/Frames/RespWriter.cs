using System.Buffers.Text;
using System.Text;

namespace EvenKeel.Resp.Frames;

/// <summary>Appends frames to a buffer that it owns and reuses. Not safe for several threads.</summary>
public sealed class RespWriter
{
    private const int InitialBytes = 4 * 1024;
    private const int KeptBytes = 1024 * 1024;
    private byte[] _buffer = new byte[InitialBytes];
    private int _length;

    /// <summary>The bytes written since <see cref="Clear"/>; valid until the next call.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>The same bytes for an asynchronous send; valid until the next call.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _length);

    /// <summary>How many bytes were written since <see cref="Clear"/>.</summary>
    public int Length => _length;

    /// <summary>Forgets what was written. A buffer that one large frame has grown above 1 MiB is given back.</summary>
    public void Clear()
    {
        _length = 0;
        if (_buffer.Length > KeptBytes)
        {
            _buffer = new byte[InitialBytes];
        }
    }

    /// <summary>Forgets what was written after <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_length, nameof(length));
        _length = length;
    }

    /// <summary>Writes <c>+text</c>. The text has no line break.</summary>
    public void WriteSimpleString(ReadOnlySpan<byte> text)
    {
        WriteByte('+');
        WriteRaw(text);
        WriteRaw("\r\n"u8);
    }

    /// <summary>Writes <c>-text</c>, where the text begins with a code such as <c>ERR</c>. Line breaks become blanks, since they would end the frame.</summary>
    public void WriteError(string text)
    {
        WriteByte('-');
        int start = _length;
        WriteRaw(Encoding.UTF8.GetBytes(text));
        Span<byte> written = _buffer.AsSpan(start, _length - start);
        written.Replace((byte)'\r', (byte)' ');
        written.Replace((byte)'\n', (byte)' ');
        WriteRaw("\r\n"u8);
    }

    /// <summary>Writes <c>:value</c>.</summary>
    public void WriteInteger(long value) => WriteNumberLine(':', value);

    /// <summary>Writes a bulk string.</summary>
    public void WriteBulk(ReadOnlySpan<byte> bytes)
    {
        WriteNumberLine('$', bytes.Length);
        WriteRaw(bytes);
        WriteRaw("\r\n"u8);
    }

    /// <summary>Writes a text as a bulk string of UTF-8.</summary>
    public void WriteBulk(string text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        WriteNumberLine('$', bytes);
        _length += Encoding.UTF8.GetBytes(text, Room(bytes));
        WriteRaw("\r\n"u8);
    }

    /// <summary>Writes an integer as a bulk string of its digits.</summary>
    public void WriteBulkInteger(long value)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, digits, out int used);
        WriteBulk(digits[..used]);
    }

    /// <summary>Writes <c>$-1</c>.</summary>
    public void WriteNullBulk() => WriteRaw("$-1\r\n"u8);

    /// <summary>Writes <c>*-1</c>.</summary>
    public void WriteNullArray() => WriteRaw("*-1\r\n"u8);

    /// <summary>Begins an array; <paramref name="count"/> values must follow. A request is an array of bulk strings.</summary>
    public void WriteArrayHeader(int count) => WriteNumberLine('*', count);

    private void WriteNumberLine(char prefix, long value)
    {
        WriteByte(prefix);
        Utf8Formatter.TryFormat(value, Room(20), out int used);
        _length += used;
        WriteRaw("\r\n"u8);
    }

    private void WriteByte(char value)
    {
        Room(1)[0] = (byte)value;
        _length++;
    }

    private void WriteRaw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    private Span<byte> Room(int bytes)
    {
        int needed = checked(_length + bytes);
        if (needed > _buffer.Length)
        {
            int doubled = (int)Math.Min((long)_buffer.Length * 2, Array.MaxLength);
            Array.Resize(ref _buffer, Math.Max(needed, doubled));
        }

        return _buffer.AsSpan(_length);
    }
}
