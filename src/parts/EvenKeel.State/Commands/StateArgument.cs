using System.Globalization;
using System.Text;
using EvenKeel.Resp.Frames;

namespace EvenKeel.State.Commands;

/// <summary>One argument of a command: text (sent as UTF-8), bytes, or an integer (sent as its digits).</summary>
public readonly struct StateArgument
{
    private readonly string? _text;
    private readonly ReadOnlyMemory<byte> _bytes;

    private StateArgument(string? text, ReadOnlyMemory<byte> bytes)
    {
        _text = text;
        _bytes = bytes;
    }

    /// <summary>Wraps a text.</summary>
    public static implicit operator StateArgument(string text) => new(text, default);

    /// <summary>Wraps bytes, which must not change until the operation is over.</summary>
    public static implicit operator StateArgument(ReadOnlyMemory<byte> bytes) => new(null, bytes);

    /// <summary>Wraps bytes, which must not change until the operation is over.</summary>
    public static implicit operator StateArgument(byte[] bytes) => new(null, bytes);

    /// <summary>Wraps an integer.</summary>
    public static implicit operator StateArgument(long number) => new(number.ToString(CultureInfo.InvariantCulture), default);

    /// <summary>Wraps a text.</summary>
    public static StateArgument FromText(string text) => text;

    /// <summary>Wraps bytes.</summary>
    public static StateArgument FromBytes(ReadOnlyMemory<byte> bytes) => bytes;

    /// <summary>Wraps an integer.</summary>
    public static StateArgument FromNumber(long number) => number;

    /// <summary>The argument as text; bytes that are not UTF-8 are replaced.</summary>
    public override string ToString() => _text ?? Encoding.UTF8.GetString(_bytes.Span);

    internal void WriteTo(RespWriter writer)
    {
        if (_text is not null)
        {
            writer.WriteBulk(_text);
        }
        else
        {
            writer.WriteBulk(_bytes.Span);
        }
    }
}
