using System.Buffers;
using System.Buffers.Text;

namespace EvenKeel.Http.Heads;

/// <summary>Checks a host with its optional port, as it stands in Host and in absolute targets.</summary>
public static class Authority
{
    private const int MaxName = 255;

    // An IPv6 address that ends with an IPv4 address, all of its digits written.
    private const int MaxAddress = 45;

    // Narrower than a registered name of RFC 3986 on purpose: percent-encoding and sub-delimiters in a host serve nobody but attacks.
    private static readonly SearchValues<byte> NameCharacters =
        SearchValues.Create("-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private static readonly SearchValues<byte> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    /// <summary>True for a name or IPv4 address, or an IPv6 address in brackets, and an optional port up to 65535.</summary>
    public static bool IsValid(ReadOnlySpan<byte> host)
    {
        if (host.IsEmpty)
        {
            return false;
        }

        if (host[0] == '[')
        {
            var close = host.IndexOf((byte)']');
            return close is >= 3 and <= MaxAddress + 1 && !host[1..close].ContainsAnyExcept(AddressCharacters) && IsPort(host[(close + 1)..]);
        }

        var colon = host.IndexOf((byte)':');
        var name = colon < 0 ? host : host[..colon];
        return name.Length is > 0 and <= MaxName && !name.ContainsAnyExcept(NameCharacters) && (colon < 0 || IsPort(host[colon..]));
    }

    // Nothing, a colon alone (RFC 3986 section 3.2.3 allows an empty port), or a colon and a number.
    private static bool IsPort(ReadOnlySpan<byte> port)
    {
        if (port.IsEmpty)
        {
            return true;
        }

        if (port[0] != ':' || port.Length > 6)
        {
            return false;
        }

        var digits = port[1..];
        return digits.IsEmpty
            || (!digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')
                && Utf8Parser.TryParse(digits, out int number, out var used) && used == digits.Length && number <= 65535);
    }
}
