using System.Buffers.Binary;
using System.Net;
using System.Numerics;

namespace EvenKeel.Proxying.ProxyProtocol;

/// <summary>
/// Version 2: signature, version and command, family and protocol, length, addresses, and TLVs that are skipped but for the checksum. A block
/// of LOCAL, and one of another family than TCP over IP, is skipped whole: the connection's own addresses count.
/// </summary>
internal static class ProxyHeaderV2
{
    /// <summary>Bytes before the addresses.</summary>
    public const int Fixed = 16;

    /// <summary>The TLV with the CRC-32C of the header, computed with zeros in its place.</summary>
    private const byte Checksum = 0x03;

    public static ReadOnlySpan<byte> Signature => [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A];

    public static ProxyHeaderStatus Parse(ReadOnlySpan<byte> bytes, out ProxyHeader header)
    {
        header = default;

        // 1. What is wrong is refused as soon as it is there.
        if (!ProxyHeaderParser.Agree(bytes, Signature)
            || (bytes.Length > 12 && bytes[12] is not (0x20 or 0x21))
            || (bytes.Length > 13 && bytes[12] == 0x21 && AddressLength(bytes[13]) < 0))
        {
            return ProxyHeaderStatus.Invalid;
        }

        if (bytes.Length < Fixed)
        {
            return ProxyHeaderStatus.Incomplete;
        }

        bool isLocal = bytes[12] == 0x20;
        int addresses = isLocal ? 0 : AddressLength(bytes[13]);
        int length = Fixed + BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]);
        if (length > ProxyHeaderParser.MaxLength || length < Fixed + addresses)
        {
            return ProxyHeaderStatus.Invalid;
        }

        if (bytes.Length < length)
        {
            return ProxyHeaderStatus.Incomplete;
        }

        // 2. The whole block. What LOCAL and UNSPEC carry has no form that could be checked.
        bytes = bytes[..length];
        if (addresses > 0 && !AreTlvsValid(bytes, Fixed + addresses))
        {
            return ProxyHeaderStatus.Invalid;
        }

        var (source, destination) = isLocal ? (null, null) : ReadAddresses(bytes[13], bytes[Fixed..]);
        header = new ProxyHeader(ProxyVersion.V2, length, isLocal, source, destination);
        return ProxyHeaderStatus.Complete;
    }

    // Bytes of both addresses by family: unspecified, IPv4, IPv6, Unix; protocol: unspecified, stream, datagram. -1: not assigned.
    private static int AddressLength(byte family) => (family & 0x0F) > 2 ? -1 : (family >> 4) switch
    {
        0 => 0,
        1 => 12,
        2 => 36,
        3 => 216,
        _ => -1,
    };

    private static (IPEndPoint? Source, IPEndPoint? Destination) ReadAddresses(byte family, ReadOnlySpan<byte> block)
    {
        int size = family switch { 0x11 => 4, 0x21 => 16, _ => 0 };
        if (size == 0)
        {
            return (null, null);
        }

        ReadOnlySpan<byte> ports = block[(2 * size)..];
        return (
            new IPEndPoint(new IPAddress(block[..size]), BinaryPrimitives.ReadUInt16BigEndian(ports)),
            new IPEndPoint(new IPAddress(block.Slice(size, size)), BinaryPrimitives.ReadUInt16BigEndian(ports[2..])));
    }

    private static bool AreTlvsValid(ReadOnlySpan<byte> bytes, int position)
    {
        bool hasChecksum = false;
        while (position < bytes.Length)
        {
            if (bytes.Length - position < 3)
            {
                return false;
            }

            int value = position + 3;
            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(position + 1)..]);
            if (length > bytes.Length - value)
            {
                return false;
            }

            if (bytes[position] == Checksum)
            {
                if (hasChecksum || length != 4 || BinaryPrimitives.ReadUInt32BigEndian(bytes[value..]) != Compute(bytes, value))
                {
                    return false;
                }

                hasChecksum = true;
            }

            position = value + length;
        }

        return true;
    }

    private static uint Compute(ReadOnlySpan<byte> bytes, int at)
    {
        uint crc = uint.MaxValue;
        for (int i = 0; i < bytes.Length; i++)
        {
            crc = BitOperations.Crc32C(crc, i >= at && i < at + 4 ? (byte)0 : bytes[i]);
        }

        return ~crc;
    }
}
