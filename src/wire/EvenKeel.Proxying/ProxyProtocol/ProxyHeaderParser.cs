namespace EvenKeel.Proxying.ProxyProtocol;

/// <summary>
/// Reads the header of the PROXY protocol, version 1 or 2, at the front of a connection (HAProxy's proxy-protocol.txt). Bytes that are not a
/// header are invalid as soon as the first of them shows it; nothing is guessed, so that a client that is not a proxy is never taken for one.
/// </summary>
public static class ProxyHeaderParser
{
    /// <summary>The most bytes that a header may have. Version 2 could announce 64 KiB; what proxies send is far below this.</summary>
    public const int MaxLength = 4096;

    /// <summary>Reads the header from the bytes that have arrived, the earlier ones included.</summary>
    /// <param name="bytes">All bytes since the connection was opened.</param>
    /// <param name="header">The header, when it is complete.</param>
    public static ProxyHeaderStatus Parse(ReadOnlySpan<byte> bytes, out ProxyHeader header)
    {
        header = default;
        return bytes.IsEmpty ? ProxyHeaderStatus.Incomplete
            : bytes[0] == ProxyHeaderV2.Signature[0] ? ProxyHeaderV2.Parse(bytes, out header)
            : ProxyHeaderV1.Parse(bytes, out header);
    }

    /// <summary>True when what has arrived is the beginning of a fixed text, or the reverse.</summary>
    internal static bool Agree(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> text)
    {
        int length = Math.Min(bytes.Length, text.Length);
        return bytes[..length].SequenceEqual(text[..length]);
    }
}
