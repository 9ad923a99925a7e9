using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace EvenKeel.Proxying.ProxyProtocol;

/// <summary>Writes the header of the PROXY protocol, to be sent before anything else on a connection.</summary>
public static class ProxyHeaderWriter
{
    /// <summary>Room that every header fits into.</summary>
    public const int MaxLength = ProxyHeaderV1.MaxLength;

    /// <summary>Writes the header of a connection that is made for a client.</summary>
    /// <param name="version">The version that the receiver reads.</param>
    /// <param name="source">The client's address.</param>
    /// <param name="destination">The address that the client connected to.</param>
    /// <param name="into">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    /// <remarks>IPv4 addresses in the form of IPv6 are written as IPv4, unless one of the two is IPv6 proper: then both are written as IPv6.</remarks>
    public static int Write(ProxyVersion version, IPEndPoint source, IPEndPoint destination, Span<byte> into)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(destination);
        bool isV4 = IsV4(source.Address) && IsV4(destination.Address);
        IPAddress from = isV4 ? source.Address.MapToIPv4() : source.Address.MapToIPv6();
        IPAddress to = isV4 ? destination.Address.MapToIPv4() : destination.Address.MapToIPv6();
        if (version == ProxyVersion.V1)
        {
            return Encoding.ASCII.GetBytes(
                $"PROXY {(isV4 ? "TCP4" : "TCP6")} {Text(from)} {Text(to)} {source.Port} {destination.Port}\r\n", into);
        }

        int size = isV4 ? 4 : 16;
        WriteFixed(into, 0x21, isV4 ? (byte)0x11 : (byte)0x21, 2 * (size + 2));
        Span<byte> block = into[ProxyHeaderV2.Fixed..];
        from.TryWriteBytes(block, out _);
        to.TryWriteBytes(block[size..], out _);
        BinaryPrimitives.WriteUInt16BigEndian(block[(2 * size)..], (ushort)source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(block[((2 * size) + 2)..], (ushort)destination.Port);
        return ProxyHeaderV2.Fixed + (2 * (size + 2));
    }

    /// <summary>
    /// Writes the header of a connection that the proxy makes for itself, as for a health check. Version 1 has no word for it, and receivers
    /// refuse UNKNOWN: the connection's own addresses are written then.
    /// </summary>
    /// <returns>The bytes written.</returns>
    public static int WriteLocal(ProxyVersion version, IPEndPoint source, IPEndPoint destination, Span<byte> into)
    {
        if (version == ProxyVersion.V1)
        {
            return Write(version, source, destination, into);
        }

        WriteFixed(into, 0x20, 0, 0);
        return ProxyHeaderV2.Fixed;
    }

    private static void WriteFixed(Span<byte> into, byte command, byte family, int length)
    {
        ProxyHeaderV2.Signature.CopyTo(into);
        into[12] = command;
        into[13] = family;
        BinaryPrimitives.WriteUInt16BigEndian(into[14..], (ushort)length);
    }

    private static bool IsV4(IPAddress address) => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;

    // A link-local address carries its scope, which means nothing to another machine.
    private static string Text(IPAddress address)
        => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes()).ToString() : address.ToString();
}
