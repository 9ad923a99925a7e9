using System.Buffers;
using System.Buffers.Text;
using System.Net;

namespace EvenKeel.Proxying.ProxyProtocol;

/// <summary>
/// Version 1: <c>PROXY TCP4|TCP6 source destination port port CRLF</c> with single spaces, or <c>PROXY UNKNOWN ... CRLF</c>, whose rest is
/// ignored. At most 107 bytes.
/// </summary>
internal static class ProxyHeaderV1
{
    /// <summary>The longest line, CRLF included.</summary>
    public const int MaxLength = 107;

    private static readonly SearchValues<byte> Groups = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    public static ProxyHeaderStatus Parse(ReadOnlySpan<byte> bytes, out ProxyHeader header)
    {
        header = default;
        if (!ProxyHeaderParser.Agree(bytes, "PROXY "u8))
        {
            return ProxyHeaderStatus.Invalid;
        }

        // 1. The end of the line: CR and LF together, and neither alone.
        ReadOnlySpan<byte> window = bytes[..Math.Min(bytes.Length, MaxLength)];
        int end = window.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0 || (end == window.Length - 1 && window[end] == '\r'))
        {
            return bytes.Length < MaxLength ? ProxyHeaderStatus.Incomplete : ProxyHeaderStatus.Invalid;
        }

        if (window[end] != '\r' || window[end + 1] != '\n')
        {
            return ProxyHeaderStatus.Invalid;
        }

        // 2. What is between the word and the end.
        int length = end + 2;
        ReadOnlySpan<byte> line = window["PROXY ".Length..end];
        if (line.SequenceEqual("UNKNOWN"u8) || line.StartsWith("UNKNOWN "u8))
        {
            header = new ProxyHeader(ProxyVersion.V1, length, IsLocal: false, null, null);
            return ProxyHeaderStatus.Complete;
        }

        bool isV6 = line.StartsWith("TCP6 "u8);
        if (!isV6 && !line.StartsWith("TCP4 "u8))
        {
            return ProxyHeaderStatus.Invalid;
        }

        line = line["TCP4 ".Length..];
        if (TryAddress(ref line, isV6, out IPAddress? source) && TryAddress(ref line, isV6, out IPAddress? destination)
            && TryPort(ref line, isLast: false, out int sourcePort) && TryPort(ref line, isLast: true, out int destinationPort))
        {
            header = new ProxyHeader(
                ProxyVersion.V1, length, IsLocal: false, new IPEndPoint(source!, sourcePort), new IPEndPoint(destination!, destinationPort));
            return ProxyHeaderStatus.Complete;
        }

        return ProxyHeaderStatus.Invalid;
    }

    private static bool TryAddress(ref ReadOnlySpan<byte> line, bool isV6, out IPAddress? address)
    {
        address = null;
        int space = line.IndexOf((byte)' ');
        if (space <= 0)
        {
            return false;
        }

        ReadOnlySpan<byte> text = line[..space];
        line = line[(space + 1)..];
        if (!isV6)
        {
            return TryV4(text, out address);
        }

        // The parser of the library also takes brackets, scopes and prefixes: the characters of those are not among the groups'.
        if (text.ContainsAnyExcept(Groups) || !text.Contains((byte)':') || !IPAddress.TryParse(text, out address))
        {
            return false;
        }

        int dotted = text.LastIndexOf((byte)':') + 1;
        return !text.Contains((byte)'.') || TryV4(text[dotted..], out _);
    }

    private static bool TryV4(ReadOnlySpan<byte> text, out IPAddress? address)
    {
        address = null;
        Span<byte> octets = stackalloc byte[4];
        for (int i = 0; i < 4; i++)
        {
            int dot = i < 3 ? text.IndexOf((byte)'.') : text.Length;
            if (dot < 0 || !TryNumber(text[..dot], byte.MaxValue, out int octet))
            {
                return false;
            }

            octets[i] = (byte)octet;
            text = i < 3 ? text[(dot + 1)..] : default;
        }

        address = new IPAddress(octets);
        return true;
    }

    private static bool TryPort(ref ReadOnlySpan<byte> line, bool isLast, out int port)
    {
        int end = isLast ? line.Length : line.IndexOf((byte)' ');
        port = 0;
        if (end < 0 || !TryNumber(line[..end], ushort.MaxValue, out port))
        {
            return false;
        }

        line = isLast ? default : line[(end + 1)..];
        return true;
    }

    // Digits only, without leading zeros.
    private static bool TryNumber(ReadOnlySpan<byte> text, int max, out int value)
    {
        value = 0;
        return text.Length is > 0 and <= 5 && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9') && (text[0] != '0' || text.Length == 1)
            && Utf8Parser.TryParse(text, out value, out int read) && read == text.Length && value <= max;
    }
}
