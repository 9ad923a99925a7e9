using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Tls;

/// <summary>
/// The functions of libssl (OpenSSL 3) that are called. None skips the runtime's transition to native code: a signature takes up to a
/// millisecond, and a garbage collection would wait for it.
/// </summary>
internal static unsafe partial class OpenSsl
{
    private const string Library = "libssl.so.3";

    [LibraryImport(Library)]
    public static partial nint TLS_server_method();

    [LibraryImport(Library)]
    public static partial nint TLS_client_method();

    [LibraryImport(Library)]
    public static partial nint SSL_CTX_new(nint method);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial nint SSL_CTX_ctrl(SslContextHandle context, int command, nint number, nint pointer);

    [LibraryImport(Library)]
    public static partial nint SSL_CTX_callback_ctrl(SslContextHandle context, int command, nint callback);

    [LibraryImport(Library)]
    public static partial ulong SSL_CTX_set_options(SslContextHandle context, ulong options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_set_cipher_list(SslContextHandle context, string list);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_use_certificate_chain_file(SslContextHandle context, string path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_use_PrivateKey_file(SslContextHandle context, string path, int type);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_set_default_passwd_cb(SslContextHandle context, delegate* unmanaged<byte*, int, int, nint, int> callback);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_CTX_load_verify_file(SslContextHandle context, string path);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_set_default_verify_paths(SslContextHandle context);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_set_verify(SslContextHandle context, int mode, nint callback);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_set_session_id_context(SslContextHandle context, byte* id, uint length);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_set_alpn_select_cb(
        SslContextHandle context, delegate* unmanaged<nint, byte**, byte*, byte*, uint, nint, int> callback, nint argument);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_set_alpn_protos(SslContextHandle context, byte* protocols, uint length);

    [LibraryImport(Library)]
    public static partial int SSL_CTX_set_tlsext_ticket_key_evp_cb(
        SslContextHandle context, delegate* unmanaged<nint, byte*, byte*, nint, nint, int, int> callback);

    [LibraryImport(Library)]
    public static partial void SSL_CTX_sess_set_new_cb(SslContextHandle context, delegate* unmanaged<nint, nint, int> callback);

    [LibraryImport(Library)]
    public static partial nint SSL_new(SslContextHandle context);

    [LibraryImport(Library)]
    public static partial void SSL_free(nint ssl);

    [LibraryImport(Library)]
    public static partial nint SSL_set_SSL_CTX(nint ssl, SslContextHandle context);

    [LibraryImport(Library)]
    public static partial void SSL_set_bio(nint ssl, nint read, nint write);

    [LibraryImport(Library)]
    public static partial nint SSL_get_rbio(nint ssl);

    [LibraryImport(Library)]
    public static partial void SSL_set_accept_state(nint ssl);

    [LibraryImport(Library)]
    public static partial void SSL_set_connect_state(nint ssl);

    [LibraryImport(Library)]
    public static partial nint SSL_ctrl(nint ssl, int command, nint number, nint pointer);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SSL_set1_host(nint ssl, string name);

    [LibraryImport(Library)]
    public static partial nint SSL_get0_param(nint ssl);

    [LibraryImport(Library)]
    public static partial int SSL_do_handshake(nint ssl);

    [LibraryImport(Library)]
    public static partial int SSL_has_pending(nint ssl);

    [LibraryImport(Library)]
    public static partial int SSL_read(nint ssl, byte* buffer, int length);

    [LibraryImport(Library)]
    public static partial int SSL_write(nint ssl, byte* buffer, int length);

    [LibraryImport(Library)]
    public static partial int SSL_shutdown(nint ssl);

    [LibraryImport(Library)]
    public static partial int SSL_get_error(nint ssl, int result);

    [LibraryImport(Library)]
    public static partial int SSL_version(nint ssl);

    [LibraryImport(Library)]
    public static partial int SSL_session_reused(nint ssl);

    [LibraryImport(Library)]
    public static partial byte* SSL_get_servername(nint ssl, int type);

    [LibraryImport(Library)]
    public static partial nint SSL_get_verify_result(nint ssl);

    [LibraryImport(Library)]
    public static partial int SSL_set_session(nint ssl, nint session);

    [LibraryImport(Library)]
    public static partial void SSL_SESSION_free(nint session);
}
