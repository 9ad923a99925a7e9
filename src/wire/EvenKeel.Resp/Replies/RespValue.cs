using System.Text;
using EvenKeel.Resp.Frames;

namespace EvenKeel.Resp.Replies;

/// <summary>One value of a reply. Immutable; owns its bytes.</summary>
public sealed class RespValue
{
    /// <summary><c>$-1</c>.</summary>
    public static readonly RespValue NullBulk = new(RespKind.NullBulk, default, 0, []);

    /// <summary><c>*-1</c>.</summary>
    public static readonly RespValue NullArray = new(RespKind.NullArray, default, 0, []);

    private RespValue(RespKind kind, ReadOnlyMemory<byte> bytes, long integer, IReadOnlyList<RespValue> items)
    {
        Kind = kind;
        Bytes = bytes;
        Integer = integer;
        Items = items;
    }

    /// <summary>The type on the wire.</summary>
    public RespKind Kind { get; }

    /// <summary>The bytes of a simple string, an error (with its code, without the minus), a bulk string or a number of RESP3; else empty.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The number of an integer, 1 for a true boolean; else 0.</summary>
    public long Integer { get; }

    /// <summary>The elements of an array, a set or a push, and the keys and values of a map in turn; else empty.</summary>
    public IReadOnlyList<RespValue> Items { get; }

    /// <summary>True for both nulls.</summary>
    public bool IsNull => Kind is RespKind.NullBulk or RespKind.NullArray;

    /// <summary><see cref="Bytes"/> as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>A status.</summary>
    public static RespValue SimpleString(ReadOnlySpan<byte> text) => new(RespKind.SimpleString, text.ToArray(), 0, []);

    /// <summary>An error, its code first.</summary>
    public static RespValue Error(ReadOnlySpan<byte> text) => new(RespKind.Error, text.ToArray(), 0, []);

    /// <summary>An integer.</summary>
    public static RespValue Number(long value) => new(RespKind.Integer, default, value, []);

    /// <summary>A bulk string that takes the bytes over.</summary>
    public static RespValue Bulk(ReadOnlyMemory<byte> bytes) => new(RespKind.Bulk, bytes, 0, []);

    /// <summary>An array that takes the list over.</summary>
    public static RespValue Array(IReadOnlyList<RespValue> items) => new(RespKind.Array, default, 0, items);

    /// <summary>A truth value.</summary>
    public static RespValue Boolean(bool value) => new(RespKind.Boolean, default, value ? 1 : 0, []);

    /// <summary>A number that is kept as text: <see cref="RespKind.Double"/> or <see cref="RespKind.BigNumber"/>.</summary>
    public static RespValue NumberText(RespKind kind, ReadOnlySpan<byte> text) => new(kind, text.ToArray(), 0, []);

    /// <summary>An array, map, set or push that takes the list over.</summary>
    public static RespValue Aggregate(RespKind kind, IReadOnlyList<RespValue> items) => new(kind, default, 0, items);

    /// <summary>Appends the frame of RESP2 that this value was, or could have been, read from.</summary>
    public void WriteTo(RespWriter writer)
    {
        switch (Kind)
        {
            case RespKind.SimpleString:
                writer.WriteSimpleString(Bytes.Span);
                break;
            case RespKind.Error:
                writer.WriteError(Text);
                break;
            case RespKind.Integer or RespKind.Boolean:
                writer.WriteInteger(Integer);
                break;
            case RespKind.Bulk or RespKind.Double or RespKind.BigNumber:
                writer.WriteBulk(Bytes.Span);
                break;
            case RespKind.NullBulk:
                writer.WriteNullBulk();
                break;
            case RespKind.NullArray:
                writer.WriteNullArray();
                break;
            default:
                writer.WriteArrayHeader(Items.Count);
                foreach (RespValue item in Items)
                {
                    item.WriteTo(writer);
                }

                break;
        }
    }

    /// <summary>A short form for messages and debuggers.</summary>
    public override string ToString() => Kind switch
    {
        RespKind.Integer or RespKind.Boolean => Integer.ToString(System.Globalization.CultureInfo.InvariantCulture),
        RespKind.NullBulk or RespKind.NullArray => "(nil)",
        RespKind.Array or RespKind.Map or RespKind.Set or RespKind.Push => $"[{string.Join(", ", Items)}]",
        _ => Text,
    };
}
