using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Tls;

/// <summary>Makes contexts of libssl: versions, ciphers, certificates. Errors name the file.</summary>
internal static unsafe class SslContexts
{
    /// <summary>Forward secrecy and authenticated encryption only, for TLS 1.2; those of TLS 1.3 are all of that kind.</summary>
    private const string Ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

    /// <summary>The name that ALPN knows HTTP/1.1 by, with its length in front.</summary>
    private static readonly byte[] Http11 = [8, .. "http/1.1"u8];

    /// <summary>Checks that OpenSSL 3 is there.</summary>
    /// <exception cref="TlsException">It is not.</exception>
    public static void RequireLibrary()
    {
        try
        {
            if (OpenSslCrypto.OPENSSL_version_major() == 3 && OpenSsl.TLS_server_method() != 0)
            {
                return;
            }
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new TlsException("TLS needs OpenSSL 3 (libssl.so.3 and libcrypto.so.3), which was not found: install the package libssl3", error);
        }

        throw new TlsException("TLS needs OpenSSL 3, and libcrypto.so.3 is another version");
    }

    /// <summary>A context for accepted connections.</summary>
    public static SslContextHandle CreateServer(IEnumerable<TlsCertificate> certificates, bool requireTls13)
    {
        SslContextHandle context = Create(server: true, requireTls13);
        Control(context, OpenSslValues.ControlSessionCacheMode, OpenSslValues.SessionCacheOff);
        fixed (byte* id = "evenkeel"u8)
        {
            _ = OpenSsl.SSL_CTX_set_session_id_context(context, id, 8);
        }

        foreach (TlsCertificate certificate in certificates)
        {
            UseCertificate(context, certificate.Files);
        }

        OpenSsl.SSL_CTX_set_alpn_select_cb(context, &ServerCallbacks.ChooseProtocol, 0);
        _ = OpenSsl.SSL_CTX_set_tlsext_ticket_key_evp_cb(context, &ServerCallbacks.TicketKey);
        delegate* unmanaged<nint, int*, nint, int> choose = &ServerCallbacks.ChooseCertificate;
        _ = OpenSsl.SSL_CTX_callback_ctrl(context, OpenSslValues.ControlServerNameCallback, (nint)choose);
        return context;
    }

    /// <summary>A context for connections that this side makes.</summary>
    public static SslContextHandle CreateClient(TlsClientOptions options)
    {
        SslContextHandle context = Create(server: false, requireTls13: false);
        Control(context, OpenSslValues.ControlSessionCacheMode, OpenSslValues.SessionCacheClientCallbackOnly);
        OpenSsl.SSL_CTX_sess_set_new_cb(context, &TlsResumption.OnNewSession);
        if (options.OffersHttp)
        {
            fixed (byte* protocols = Http11)
            {
                _ = OpenSsl.SSL_CTX_set_alpn_protos(context, protocols, (uint)Http11.Length);
            }
        }

        if (options.Verify)
        {
            OpenSslCrypto.ERR_clear_error();
            int loaded = options.Authorities is { } path
                ? OpenSsl.SSL_CTX_load_verify_file(context, path)
                : OpenSsl.SSL_CTX_set_default_verify_paths(context);
            if (loaded != 1)
            {
                string where = options.Authorities is { } file ? $"the file {file}" : "the system's store";
                throw new TlsException($"cannot read the certificate authorities of {where}: {TlsErrors.Take().Text}");
            }
        }

        OpenSsl.SSL_CTX_set_verify(context, options.Verify ? OpenSslValues.VerifyPeer : OpenSslValues.VerifyNone, 0);
        if (options.Certificate is { } certificate)
        {
            UseCertificate(context, certificate);
        }

        return context;
    }

    private static SslContextHandle Create(bool server, bool requireTls13)
    {
        RequireLibrary();
        OpenSslCrypto.ERR_clear_error();
        var context = new SslContextHandle(server);
        Control(context, OpenSslValues.ControlMinimumVersion, requireTls13 ? OpenSslValues.VersionTls13 : OpenSslValues.VersionTls12);
        Control(context, OpenSslValues.ControlMode, OpenSslValues.ModeReleaseBuffers);
        _ = OpenSsl.SSL_CTX_set_options(
            context, OpenSslValues.OptionNoCompression | OpenSslValues.OptionNoRenegotiation | OpenSslValues.OptionCipherServerPreference);
        if (OpenSsl.SSL_CTX_set_cipher_list(context, Ciphers) != 1)
        {
            throw new TlsException($"libssl has none of the ciphers {Ciphers}: {TlsErrors.Take().Text}");
        }

        // Without this libssl would ask for a passphrase at the terminal.
        OpenSsl.SSL_CTX_set_default_passwd_cb(context, &NoPassphrase);
        return context;
    }

    private static void Control(SslContextHandle context, int command, int number) => _ = OpenSsl.SSL_CTX_ctrl(context, command, number, 0);

    private static void UseCertificate(SslContextHandle context, TlsCertificateFiles files)
    {
        OpenSslCrypto.ERR_clear_error();
        if (OpenSsl.SSL_CTX_use_certificate_chain_file(context, files.Certificate) != 1)
        {
            throw new TlsException($"cannot use the certificate {files.Certificate}: {TlsErrors.Take().Text}");
        }

        if (OpenSsl.SSL_CTX_use_PrivateKey_file(context, files.Key, OpenSslValues.FilePem) != 1)
        {
            TlsError error = TlsErrors.Take();
            throw new TlsException(
                error.Text.Contains("mismatch", StringComparison.Ordinal)
                    ? $"the key {files.Key} does not belong to the certificate {files.Certificate}: {error.Text}"
                    : $"cannot use the key {files.Key}: {error.Text}; it must be PEM and have no passphrase");
        }
    }

    [UnmanagedCallersOnly]
    private static int NoPassphrase(byte* buffer, int size, int writing, nint argument) => -1;
}
