using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Metering.Events;

/// <summary>
/// 64 bits of SHA-256 over what an event says, field by field with lengths, so that neither the order of fields nor white space matters. Two
/// different events under one id agree by chance once in 2^64; then the second counts as a duplicate.
/// </summary>
internal static class BodyHash
{
    // Numbers and lengths, and at most 3 bytes for each character.
    private const int MaxBytes = 128 + (3 * (EventRules.MaxCustomer + EventRules.MaxEndpoint + EventRules.MaxModel));

    /// <summary>The hash of a draft that was checked.</summary>
    public static long Of(EventDraft draft)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        int length = 0;
        Add(bytes, ref length, draft.Time!.Value.Ticks);
        Add(bytes, ref length, draft.InputTokens ?? -1);
        Add(bytes, ref length, draft.OutputTokens ?? -1);
        Add(bytes, ref length, draft.Tokens ?? -1);
        Add(bytes, ref length, draft.LatencyMs ?? -1);
        Add(bytes, ref length, draft.CustomerId);
        Add(bytes, ref length, draft.Endpoint);
        Add(bytes, ref length, draft.Model);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    private static void Add(Span<byte> bytes, ref int length, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(bytes[length..], value);
        length += sizeof(long);
    }

    private static void Add(Span<byte> bytes, ref int length, string? value)
    {
        int written = value is null ? -1 : Encoding.UTF8.GetBytes(value, bytes[(length + sizeof(int))..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[length..], written);
        length += sizeof(int) + Math.Max(written, 0);
    }
}
