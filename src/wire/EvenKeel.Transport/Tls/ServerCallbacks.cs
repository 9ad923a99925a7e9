using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Tls;

/// <summary>What libssl asks during the handshake of an accepted connection.</summary>
internal static unsafe class ServerCallbacks
{
    /// <summary>Switches to the certificate of the name that the client asks for.</summary>
    [UnmanagedCallersOnly]
    public static int ChooseCertificate(nint ssl, int* alert, nint argument)
    {
        TlsServerContext server = ConnectionBio.SessionOf(ssl).Server!;
        if (Marshal.PtrToStringUTF8((nint)OpenSsl.SSL_get_servername(ssl, 0)) is not { } name)
        {
            return OpenSslValues.ExtensionNoAcknowledge;
        }

        SslContextHandle context = server.Find(name);
        if (context != server.Default)
        {
            _ = OpenSsl.SSL_set_SSL_CTX(ssl, context);
        }

        return OpenSslValues.ExtensionOk;
    }

    /// <summary>HTTP/1.1, or an alert when the client offers protocols but not this one.</summary>
    [UnmanagedCallersOnly]
    public static int ChooseProtocol(nint ssl, byte** chosen, byte* chosenLength, byte* offered, uint length, nint argument)
    {
        for (uint at = 0; at < length; at += 1u + offered[at])
        {
            if (new ReadOnlySpan<byte>(offered + at + 1, offered[at]).SequenceEqual("http/1.1"u8))
            {
                *chosen = offered + at + 1;
                *chosenLength = offered[at];
                return OpenSslValues.ExtensionOk;
            }
        }

        return OpenSslValues.ExtensionFatal;
    }

    /// <summary>
    /// Prepares the sealing or the opening of a ticket: 0 for a key that is not known (any more), 2 when the client is to get a new one. In TLS 1.3
    /// it always is: clients use a ticket once (RFC 8446 appendix C.4), so that without a new one every second handshake would be a full one.
    /// </summary>
    [UnmanagedCallersOnly]
    public static int TicketKey(nint ssl, byte* name, byte* vector, nint cipher, nint mac, int sealing)
    {
        TicketKeys keys = ConnectionBio.SessionOf(ssl).Server!.Tickets;
        var nameOf = new Span<byte>(name, TicketKeys.NameLength);
        TicketKey key;
        bool isCurrent = true;
        if (sealing == 1)
        {
            key = keys.Current();
            key.Name.CopyTo(nameOf);
            System.Security.Cryptography.RandomNumberGenerator.Fill(new Span<byte>(vector, 16));
        }
        else if (keys.Find(nameOf, out isCurrent) is { } found)
        {
            key = found;
        }
        else
        {
            return 0;
        }

        fixed (byte* macKey = key.Mac, digest = "sha256\0"u8, keyName = "key\0"u8, digestName = "digest\0"u8, secret = key.Cipher)
        {
            var parameters = stackalloc OpenSslParameter[3];
            parameters[0] = new OpenSslParameter { Key = keyName, Type = OpenSslParameter.Bytes, Data = macKey, Size = (nuint)key.Mac.Length };
            parameters[1] = new OpenSslParameter { Key = digestName, Type = OpenSslParameter.Text, Data = digest, Size = 6 };
            parameters[2] = default;
            bool ready = OpenSslCrypto.EVP_MAC_CTX_set_params(mac, parameters) == 1 && (sealing == 1
                ? OpenSslCrypto.EVP_EncryptInit_ex(cipher, OpenSslCrypto.EVP_aes_256_cbc(), 0, secret, vector) == 1
                : OpenSslCrypto.EVP_DecryptInit_ex(cipher, OpenSslCrypto.EVP_aes_256_cbc(), 0, secret, vector) == 1);
            return !ready ? -1 : isCurrent && OpenSsl.SSL_version(ssl) != OpenSslValues.VersionTls13 ? 1 : 2;
        }
    }
}
