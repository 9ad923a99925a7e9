using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Metering.Access;

/// <summary>
/// SHA-256 of a key. Keys are drawn at random and long, so that a fast hash without salt is enough; what is stored lets nobody in.
/// </summary>
internal readonly record struct KeyHash(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>The longest key that is looked at.</summary>
    public const int MaxKey = 200;

    public static KeyHash Of(ReadOnlySpan<char> key)
    {
        Span<byte> bytes = stackalloc byte[MaxKey * 3];
        Span<ulong> words = stackalloc ulong[4];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(key, bytes)], MemoryMarshal.AsBytes(words));
        return new KeyHash(words[0], words[1], words[2], words[3]);
    }

    /// <summary>The 32 bytes, as the database has them.</summary>
    public byte[] ToBytes()
    {
        ulong[] words = [A, B, C, D];
        return MemoryMarshal.AsBytes(words.AsSpan()).ToArray();
    }
}
