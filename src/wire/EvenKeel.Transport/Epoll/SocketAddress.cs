using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Epoll;

/// <summary>Reads and writes <c>struct sockaddr_in</c> and <c>sockaddr_in6</c>. The family is in host order, the port and address in network order.</summary>
internal static class SocketAddress
{
    /// <summary>Bytes that the longest supported address takes.</summary>
    public const int MaxLength = 28;

    private const int Ipv4Length = 16;

    /// <summary>Writes an address.</summary>
    /// <returns>Its length.</returns>
    /// <exception cref="SocketException">It is neither IPv4 nor IPv6.</exception>
    public static int Write(IPEndPoint endPoint, Span<byte> into)
    {
        into[..MaxLength].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(into[2..], (ushort)endPoint.Port);
        switch (endPoint.AddressFamily)
        {
            case AddressFamily.InterNetwork:
                WriteFamily(into, LinuxValues.FamilyInet);
                endPoint.Address.TryWriteBytes(into[4..], out _);
                return Ipv4Length;
            case AddressFamily.InterNetworkV6:
                WriteFamily(into, LinuxValues.FamilyInet6);
                endPoint.Address.TryWriteBytes(into[8..], out _);
                uint scope = (uint)endPoint.Address.ScopeId;
                MemoryMarshal.Write(into[24..], scope);
                return MaxLength;
            default:
                throw new SocketException((int)SocketError.AddressFamilyNotSupported);
        }
    }

    /// <summary>Reads an address that the kernel wrote.</summary>
    public static IPEndPoint Read(ReadOnlySpan<byte> from)
    {
        int port = BinaryPrimitives.ReadUInt16BigEndian(from[2..]);
        return MemoryMarshal.Read<ushort>(from) == LinuxValues.FamilyInet6
            ? new IPEndPoint(new IPAddress(from.Slice(8, 16), MemoryMarshal.Read<uint>(from[24..])), port)
            : new IPEndPoint(new IPAddress(from.Slice(4, 4)), port);
    }

    private static void WriteFamily(Span<byte> into, ushort family) => MemoryMarshal.Write(into, family);
}
