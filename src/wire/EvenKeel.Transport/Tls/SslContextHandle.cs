using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Tls;

/// <summary>
/// A context of libssl, which connections of all loops share. The garbage collector frees it once nobody can begin another connection with
/// it: after a reload a handshake may still need the old one.
/// </summary>
internal sealed class SslContextHandle : SafeHandle
{
    /// <summary>Makes one for servers or for clients.</summary>
    public SslContextHandle(bool server)
        : base(0, ownsHandle: true)
    {
        SetHandle(OpenSsl.SSL_CTX_new(server ? OpenSsl.TLS_server_method() : OpenSsl.TLS_client_method()));
        if (IsInvalid)
        {
            throw new TlsException($"libssl made no context: {TlsErrors.Take().Text}");
        }

        NativeCount.Contexts.Add(1);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        OpenSsl.SSL_CTX_free(handle);
        NativeCount.Contexts.Add(-1);
        return true;
    }
}
