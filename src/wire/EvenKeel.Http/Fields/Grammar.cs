using System.Buffers;
using System.Text;

namespace EvenKeel.Http.Fields;

/// <summary>The character classes of RFC 9110 section 5.6 and what is read with them.</summary>
internal static class Grammar
{
    /// <summary>tchar: what method names, field names and options are made of.</summary>
    public static readonly SearchValues<byte> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    /// <summary>What a field value or a reason must not contain: every control character but the horizontal tab.</summary>
    public static readonly SearchValues<byte> Control =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);

    /// <summary>True when the bytes are a non-empty token.</summary>
    public static bool IsToken(ReadOnlySpan<byte> bytes) => !bytes.IsEmpty && !bytes.ContainsAnyExcept(Token);

    /// <summary>Compares with a name in lower case, in which case does not matter.</summary>
    public static bool Same(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(bytes, name);

    /// <summary>Without the optional white space (SP and HTAB) at both ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes)
    {
        var start = 0;
        while (start < bytes.Length && IsBlank(bytes[start]))
        {
            start++;
        }

        var end = bytes.Length;
        while (end > start && IsBlank(bytes[end - 1]))
        {
            end--;
        }

        return bytes[start..end];
    }

    /// <summary>Takes the next element, trimmed and possibly empty, from a list that is parted by commas; false at its end.</summary>
    public static bool NextElement(ref ReadOnlySpan<byte> list, out ReadOnlySpan<byte> element)
    {
        if (list.IsEmpty)
        {
            element = default;
            return false;
        }

        var comma = list.IndexOf((byte)',');
        element = Trim(comma < 0 ? list : list[..comma]);
        list = comma < 0 ? default : list[(comma + 1)..];
        return true;
    }

    /// <summary>True for SP and HTAB.</summary>
    public static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t';
}
