using System.Buffers;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>A text in a room of fixed size: what does not fit is cut, and remembered to be.</summary>
/// <param name="capacity">The most bytes.</param>
internal sealed class AccessText(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private int _length;

    /// <summary>What fitted.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>True when there was more.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Set(ReadOnlySpan<byte> text)
    {
        _length = 0;
        IsCut = false;
        Append(text);
    }

    /// <summary>Adds to it.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        var taken = Math.Min(text.Length, _bytes.Length - _length);
        text[..taken].CopyTo(_bytes.AsSpan(_length));
        _length += taken;
        IsCut |= taken < text.Length;
    }

    /// <summary>Appends a member, <c>,"name":"value"</c>; nothing for an empty value.</summary>
    public static void WriteMember(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value, ref ByteWriter writer)
    {
        if (value.IsEmpty)
        {
            return;
        }

        writer.Write(",\""u8);
        writer.Write(name);
        writer.Write("\":\""u8);
        while (value.IndexOfAny(Escaped) is var plain and >= 0)
        {
            // Bytes beyond ASCII stand as the characters of Latin-1: what clients send need not be UTF-8.
            writer.Write(value[..plain]);
            writer.Write([(byte)'\\', (byte)'u', (byte)'0', (byte)'0', HexOf(value[plain] >> 4), HexOf(value[plain] & 15)]);
            value = value[(plain + 1)..];
        }

        writer.Write(value);
        writer.Write("\""u8);
    }

    private static byte HexOf(int digit) => "0123456789abcdef"u8[digit];

    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Where(value => value is < 0x20 or '"' or '\\' or >= 0x7f).Select(value => (byte)value)]);
}
