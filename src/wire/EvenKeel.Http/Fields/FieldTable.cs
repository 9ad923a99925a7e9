using EvenKeel.Http.Faults;

namespace EvenKeel.Http.Fields;

/// <summary>The fields of one head in their order, as positions. Reused from message to message; it grows and never shrinks.</summary>
internal sealed class FieldTable
{
    private FieldLine[] _lines = new FieldLine[32];

    /// <summary>How many fields there are.</summary>
    public int Count { get; private set; }

    /// <summary>The fields, valid until the table is cleared.</summary>
    public ReadOnlySpan<FieldLine> Lines => _lines.AsSpan(0, Count);

    /// <summary>Forgets all fields.</summary>
    public void Clear() => Count = 0;

    /// <summary>
    /// Reads one field line (RFC 9112 section 5): a token, a colon at once, and a value without control characters.
    /// </summary>
    /// <param name="head">The bytes that positions are counted in.</param>
    /// <param name="start">Where the line starts.</param>
    /// <param name="end">Where it ends, its CR LF not counted.</param>
    /// <param name="limit">The most fields that are taken.</param>
    public HttpFault Add(ReadOnlySpan<byte> head, int start, int end, int limit)
    {
        var line = head[start..end];
        if (Grammar.IsBlank(line[0]))
        {
            return HttpFault.ObsoleteFold;
        }

        // The colon is the first byte that is no token character, or the line is refused: one scan finds both.
        var colon = line.IndexOfAnyExcept(Grammar.Token);
        if (colon <= 0 || line[colon] != ':')
        {
            return NameFault(line);
        }

        var name = line[..colon];

        var value = line[(colon + 1)..];
        var control = value.IndexOfAny(Grammar.Control);
        if (control >= 0)
        {
            return value[control] == '\r' ? HttpFault.BareCarriageReturn : HttpFault.FieldValueInvalid;
        }

        if (Count >= limit)
        {
            return HttpFault.TooManyFields;
        }

        if (Count == _lines.Length)
        {
            Array.Resize(ref _lines, Count * 2);
        }

        var valueStart = start + colon + 1;
        while (valueStart < end && Grammar.IsBlank(head[valueStart]))
        {
            valueStart++;
        }

        while (end > valueStart && Grammar.IsBlank(head[end - 1]))
        {
            end--;
        }

        _lines[Count++] = new FieldLine(start, colon, valueStart, end - valueStart, KnownFields.Find(name));
        return HttpFault.None;
    }

    private static HttpFault NameFault(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        if (name.Contains((byte)'\r'))
        {
            return HttpFault.BareCarriageReturn;
        }

        if (colon <= 0)
        {
            return colon < 0 ? HttpFault.FieldWithoutColon : HttpFault.FieldNameEmpty;
        }

        return Grammar.IsToken(name.TrimEnd(" \t"u8)) ? HttpFault.SpaceBeforeColon : HttpFault.FieldNameInvalid;
    }
}
