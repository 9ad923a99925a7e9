using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace EvenKeel.Proxying.ClientHellos;

/// <summary>
/// Finds the server name in the first message of a TLS client, without taking part in the handshake (RFC 8446 section 4.1.2, RFC 5246 section
/// 7.4.1.2, RFC 6066 section 3). 1. Walk the records and join their fragments; 2. read the message up to its extensions; 3. read the extensions
/// to their end, of which only the server name is understood: others, GREASE values among them, are skipped. With Encrypted Client Hello the
/// name is that of the outer message, which is what such clients mean to be seen.
/// </summary>
public static class ClientHelloParser
{
    /// <summary>The most bytes that the records of a ClientHello may have, headers included.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>Room that every server name fits into.</summary>
    public const int MaxName = 255;

    private const int RecordHeader = 5;
    private const int MessageHeader = 4;
    private const byte Handshake = 22;
    private const byte ClientHello = 1;

    /// <summary>Reads the bytes that have arrived, the earlier ones included. Keeps nothing and allocates nothing.</summary>
    /// <param name="bytes">All bytes since the connection was opened.</param>
    /// <param name="name">Gets the name in lower case; at least <see cref="MaxName"/> bytes.</param>
    /// <param name="length">The name's length; 0 when the client names no server.</param>
    [SkipLocalsInit]
    public static ClientHelloStatus Parse(ReadOnlySpan<byte> bytes, Span<byte> name, out int length)
    {
        length = 0;

        // What stands behind the most bytes never counts, so that the outcome is the same however much of it has arrived.
        ClientHelloStatus unfinished = bytes.Length < MaxLength ? ClientHelloStatus.Incomplete : ClientHelloStatus.TooLong;
        bytes = bytes[..Math.Min(bytes.Length, MaxLength)];
        Span<byte> joined = stackalloc byte[MaxLength];
        scoped ReadOnlySpan<byte> message = default;
        int have = 0;
        int need = MessageHeader;
        for (int position = 0; have < need;)
        {
            // 1. A record: handshake, version 3.x, 1 to 16384 bytes. The version is compared only loosely, as clients freeze it.
            ReadOnlySpan<byte> record = bytes[position..];
            if (!MayBeRecord(record))
            {
                return ClientHelloStatus.Invalid;
            }

            if (record.Length < RecordHeader)
            {
                return unfinished;
            }

            int size = BinaryPrimitives.ReadUInt16BigEndian(record[3..]);
            ReadOnlySpan<byte> fragment = record.Slice(RecordHeader, Math.Min(size, record.Length - RecordHeader));

            // One record holds the message nearly always, and is read where it is; only further ones are copied.
            if (have == 0)
            {
                message = fragment;
            }
            else
            {
                message[..have].CopyTo(joined);
                fragment.CopyTo(joined[have..]);
                message = joined[..(have + fragment.Length)];
            }

            have = message.Length;
            if (have > 0 && message[0] != ClientHello)
            {
                return ClientHelloStatus.Invalid;
            }

            if (have >= MessageHeader)
            {
                need = MessageHeader + (message[1] << 16 | message[2] << 8 | message[3]);
                if (need > MaxLength - RecordHeader)
                {
                    return ClientHelloStatus.TooLong;
                }
            }

            position += RecordHeader + size;
            if (fragment.Length < size && have < need)
            {
                return unfinished;
            }
        }

        return ReadMessage(message[MessageHeader..need], name, out length) ? ClientHelloStatus.Complete : ClientHelloStatus.Invalid;
    }

    private static bool MayBeRecord(ReadOnlySpan<byte> record)
        => (record.Length < 1 || record[0] == Handshake)
        && (record.Length < 2 || record[1] == 3)
        && (record.Length < RecordHeader || BinaryPrimitives.ReadUInt16BigEndian(record[3..]) is > 0 and <= 16384);

    private static bool ReadMessage(ReadOnlySpan<byte> message, Span<byte> name, out int length)
    {
        // 2. Version and random, session, cipher suites, compression methods.
        length = 0;
        var fields = new VectorReader(message);
        if (!fields.TrySkip(2 + 32)
            || !fields.TryRead(1, out ReadOnlySpan<byte> session) || session.Length > 32
            || !fields.TryRead(2, out ReadOnlySpan<byte> suites) || suites.IsEmpty || suites.Length % 2 != 0
            || !fields.TryRead(1, out ReadOnlySpan<byte> compression) || compression.IsEmpty)
        {
            return false;
        }

        // Clients before TLS 1.3 may have no extensions at all.
        if (fields.IsAtEnd)
        {
            return true;
        }

        // 3. Each extension has a type and a value. Two names could be read as one by the server and as the other here.
        if (!fields.TryRead(2, out ReadOnlySpan<byte> block) || !fields.IsAtEnd)
        {
            return false;
        }

        var extensions = new VectorReader(block);
        for (bool hasName = false; !extensions.IsAtEnd;)
        {
            if (!extensions.TryReadNumber(out int type) || !extensions.TryRead(2, out ReadOnlySpan<byte> value))
            {
                return false;
            }

            if (type == 0)
            {
                if (hasName || !ServerName.TryRead(value, name, out length))
                {
                    return false;
                }

                hasName = true;
            }
        }

        return true;
    }
}
