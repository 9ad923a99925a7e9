namespace EvenKeel.Gateway.Affinity;

/// <summary>Reads the value of a Cookie field: <c>name=value</c> pairs between semicolons (RFC 6265, 4.2.1), leniently about spaces.</summary>
internal static class CookieField
{
    /// <summary>Finds the first cookie of a name. Names are compared byte by byte: they are case-sensitive.</summary>
    /// <returns>Its value without surrounding quotes, a part of <paramref name="field"/>; empty when there is none.</returns>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> field, ReadOnlySpan<byte> name)
        => TryFind(field, name, out ReadOnlySpan<byte> value) ? value : default;

    /// <summary>Finds the first cookie of a name, even one with an empty value.</summary>
    /// <returns>True when there is one.</returns>
    public static bool TryFind(ReadOnlySpan<byte> field, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        while (!field.IsEmpty)
        {
            int end = field.IndexOf((byte)';');
            ReadOnlySpan<byte> pair = end < 0 ? field : field[..end];
            field = end < 0 ? default : field[(end + 1)..];
            int equals = pair.IndexOf((byte)'=');
            if (equals < 0 || !pair[..equals].Trim(" \t"u8).SequenceEqual(name))
            {
                continue;
            }

            value = pair[(equals + 1)..].Trim(" \t"u8);
            value = value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value;
            return true;
        }

        value = default;
        return false;
    }
}
