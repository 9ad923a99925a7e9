using System.Security.Cryptography;

namespace EvenKeel.Transport.Tls;

/// <summary>A key that seals session tickets.</summary>
internal sealed record TicketKey(byte[] Name, byte[] Cipher, byte[] Mac, long Since)
{
    /// <summary>A new random key.</summary>
    public static TicketKey New(long since)
        => new(RandomNumberGenerator.GetBytes(TicketKeys.NameLength), RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32), since);
}
