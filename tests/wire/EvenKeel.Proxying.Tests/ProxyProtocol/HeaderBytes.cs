using System.Buffers.Binary;
using System.Numerics;

namespace EvenKeel.Proxying.Tests.ProxyProtocol;

/// <summary>Headers of version 2, put together byte by byte as the specification says.</summary>
internal static class HeaderBytes
{
    public static readonly byte[] V4Addresses = [192, 0, 2, 1, 198, 51, 100, 7, 0x30, 0x39, 0x01, 0xBB];

    public static byte[] V2(byte command, byte family, params byte[] block)
        => [0x0D, 0x0A, 0x0D, 0x0A, 0, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, command, family, (byte)(block.Length >> 8), (byte)block.Length, .. block];

    public static byte[] Tlv(byte type, params byte[] value) => [type, (byte)(value.Length >> 8), (byte)value.Length, .. value];

    /// <summary>A header with a right checksum behind another TLV.</summary>
    public static byte[] Checked()
    {
        byte[] header = V2(0x21, 0x11, [.. V4Addresses, .. Tlv(0x04, 1, 2, 3), .. Tlv(0x03, 0, 0, 0, 0)]);
        uint crc = uint.MaxValue;
        foreach (byte one in header)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(header.Length - 4), ~crc);
        return header;
    }
}
