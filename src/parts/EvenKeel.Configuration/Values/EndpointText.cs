using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EvenKeel.Configuration.Values;

/// <summary>Addresses to listen on: <c>127.0.0.1:8080</c>, <c>[::1]:8080</c>, <c>0.0.0.0:8080</c>, <c>localhost:8080</c>, or a bare port
/// for 127.0.0.1.</summary>
public static class EndpointText
{
    /// <summary>The form with an address as a regular expression that .NET and ECMAScript read alike; it leaves the address itself to the
    /// parser.</summary>
    internal const string Pattern = "^([0-9.]+|localhost|\\[[0-9A-Fa-f:.%]+\\]):[0-9]{1,5}$";

    /// <summary>Reads an address to listen on. Names other than localhost are refused: what they resolve to may change.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="value">The address, or null.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = null;
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "127.0.0.1" : text[..colon];
        if (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > IPEndPoint.MaxPort)
        {
            return false;
        }

        if (host == "localhost")
        {
            host = "127.0.0.1";
        }

        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (!IPAddress.TryParse(isBracketed ? host[1..^1] : host, out var address)
            || isBracketed != (address.AddressFamily == AddressFamily.InterNetworkV6)
            || (!isBracketed && !IsDottedDecimal(host)))
        {
            return false;
        }

        value = new IPEndPoint(address, port);
        return true;
    }

    /// <summary>Whether an IPv4 address is four decimal numbers: one with a leading zero is octal to some readers, and another address.</summary>
    internal static bool IsDottedDecimal(string address)
    {
        var parts = address.Split('.');
        return parts.Length == 4 && Array.TrueForAll(parts, static part => part.Length == 1 || (part.Length > 1 && part[0] != '0'));
    }
}
