namespace EvenKeel.Gateway.Tcp;

/// <summary>
/// Finds what a server name leads to: the name itself first, then the longest wildcard above it. <c>*.a.example</c> stands for every name below
/// <c>a.example</c>, however deep, and not for <c>a.example</c>. Looking up allocates nothing.
/// </summary>
/// <typeparam name="T">What a name leads to.</typeparam>
internal sealed class ServerNameTable<T>
    where T : class
{
    private readonly Dictionary<string, T> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T> _below = new(StringComparer.Ordinal);

    /// <summary>Makes a table.</summary>
    /// <param name="names">Names and wildcards, in any case.</param>
    public ServerNameTable(IEnumerable<KeyValuePair<string, T>> names)
    {
        foreach (var (name, value) in names)
        {
            string lower = name.ToLowerInvariant();
            if (lower.StartsWith("*.", StringComparison.Ordinal))
            {
                _below.Add(lower[2..], value);
            }
            else
            {
                _exact.Add(lower, value);
            }
        }
    }

    /// <summary>True when no name is known: then names are not looked at.</summary>
    public bool IsEmpty => _exact.Count == 0 && _below.Count == 0;

    /// <summary>What a name in lower case leads to, or null.</summary>
    public T? Find(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[name.Length];
        System.Text.Ascii.ToUtf16(name, text, out int length);
        ReadOnlySpan<char> rest = text[..length];
        if (_exact.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(rest, out T? found))
        {
            return found;
        }

        var below = _below.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int dot = rest.IndexOf('.'); dot >= 0; dot = rest.IndexOf('.'))
        {
            rest = rest[(dot + 1)..];
            if (dot > 0 && below.TryGetValue(rest, out found))
            {
                return found;
            }
        }

        return null;
    }
}
