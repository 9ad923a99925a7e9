using System.Text;
using EvenKeel.Http.Fields;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Exchanges;

/// <summary>
/// The protocols that a client offers to go on with (RFC 9110 section 7.8). Whatever carries HTTP again is not passed on: its requests
/// would reach the instance past routes, limits and the log, as with <c>h2c</c>.
/// </summary>
internal static class UpgradeOffer
{
    /// <summary>True when every protocol that is offered may be tunnelled.</summary>
    public static bool MayPass(RequestHead head, ReadOnlySpan<byte> bytes)
    {
        var offers = 0;
        foreach (ref readonly var line in head.Fields)
        {
            if (line.Known != KnownField.Upgrade)
            {
                continue;
            }

            for (var rest = line.Value(bytes); !rest.IsEmpty;)
            {
                var end = rest.IndexOf((byte)',');
                var offer = (end < 0 ? rest : rest[..end]).Trim(" \t"u8);
                rest = end < 0 ? default : rest[(end + 1)..];
                if (offer.IsEmpty || CarriesHttp(offer))
                {
                    return false;
                }

                offers++;
            }
        }

        return offers > 0;
    }

    // TLS within the connection (RFC 2817) hides requests as well.
    private static bool CarriesHttp(ReadOnlySpan<byte> offer)
    {
        var slash = offer.IndexOf((byte)'/');
        var name = slash < 0 ? offer : offer[..slash];
        return Ascii.EqualsIgnoreCase(name, "h2c"u8) || Ascii.EqualsIgnoreCase(name, "h2"u8) || Ascii.EqualsIgnoreCase(name, "h3"u8)
            || Ascii.EqualsIgnoreCase(name, "http"u8) || Ascii.EqualsIgnoreCase(name, "tls"u8);
    }
}
