using System.Text;

namespace EvenKeel.Fleet.Logs;

/// <summary>
/// Cuts a stream of bytes into lines of text. It keeps at most one line of <see cref="LineLimit"/> bytes; a longer line is cut there,
/// not inside a character.
/// </summary>
internal sealed class LineSplitter(Action<string> line)
{
    /// <summary>The longest line in bytes: 64 KiB.</summary>
    public const int LineLimit = 64 * 1024;

    private byte[] _kept = new byte[256];
    private int _length;

    /// <summary>Takes the next bytes and gives the lines that they complete.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is var end && end >= 0)
        {
            Keep(bytes[..end]);
            Emit(_length);
            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
    }

    /// <summary>The stream ended: gives what is left as a last line.</summary>
    public void Complete()
    {
        if (_length > 0)
        {
            Emit(_length);
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        while (_length + bytes.Length > LineLimit)
        {
            var fits = LineLimit - _length;
            Append(bytes[..fits]);
            bytes = bytes[fits..];
            Emit(LengthWithoutCutCharacter());
        }

        Append(bytes);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _kept.Length)
        {
            Array.Resize(ref _kept, Math.Min(LineLimit, Math.Max(_kept.Length * 2, _length + bytes.Length)));
        }

        bytes.CopyTo(_kept.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Emit(int length)
    {
        var text = _kept.AsSpan(0, length);
        if (text is [.., (byte)'\r'])
        {
            text = text[..^1];
        }

        line(Encoding.UTF8.GetString(text));
        _kept.AsSpan(length, _length - length).CopyTo(_kept);
        _length -= length;
    }

    // A character has at most four bytes: look for a first byte whose followers are not all here. Bytes that are no UTF-8 are cut anywhere.
    private int LengthWithoutCutCharacter()
    {
        for (var back = 1; back <= 3; back++)
        {
            var b = _kept[_length - back];
            var needed = b switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, >= 0x80 => 0, _ => 1 };
            if (needed > 0)
            {
                return needed > back ? _length - back : _length;
            }
        }

        return _length;
    }
}
