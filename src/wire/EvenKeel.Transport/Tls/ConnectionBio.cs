using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Tls;

/// <summary>
/// How libssl gets and gives the bytes of a connection: it reads out of the loop's borrowed buffer and writes straight to the transport, so
/// that neither side keeps a copy.
/// </summary>
internal static unsafe class ConnectionBio
{
    private static readonly nint Method = CreateMethod();

    /// <summary>Makes one for a session; the SSL that gets it frees it.</summary>
    public static nint Create(GCHandle session)
    {
        nint bio = OpenSslCrypto.BIO_new(Method);
        OpenSslCrypto.BIO_set_data(bio, GCHandle.ToIntPtr(session));
        OpenSslCrypto.BIO_set_init(bio, 1);
        return bio;
    }

    /// <summary>The session of an SSL, inside a callback of libssl.</summary>
    public static TlsSession SessionOf(nint ssl) => Of(OpenSsl.SSL_get_rbio(ssl));

    private static TlsSession Of(nint bio) => (TlsSession)GCHandle.FromIntPtr(OpenSslCrypto.BIO_get_data(bio)).Target!;

    private static nint CreateMethod()
    {
        nint method = OpenSslCrypto.BIO_meth_new(OpenSslCrypto.BIO_get_new_index() | OpenSslValues.BioSourceSink, "connection");
        _ = OpenSslCrypto.BIO_meth_set_read(method, &Read);
        _ = OpenSslCrypto.BIO_meth_set_write(method, &Write);
        _ = OpenSslCrypto.BIO_meth_set_ctrl(method, &Control);
        return method;
    }

    [UnmanagedCallersOnly]
    private static int Read(nint bio, byte* into, int length)
    {
        TlsSession session = Of(bio);
        OpenSslCrypto.BIO_clear_flags(bio, OpenSslValues.BioFlagRead | OpenSslValues.BioFlagRetry);
        int taken = session.TakeInput(new Span<byte>(into, length));
        if (taken > 0 || session.InputEnded)
        {
            return taken;
        }

        OpenSslCrypto.BIO_set_flags(bio, OpenSslValues.BioFlagRead | OpenSslValues.BioFlagRetry);
        return -1;
    }

    [UnmanagedCallersOnly]
    private static int Write(nint bio, byte* from, int length)
    {
        Of(bio).Emit(new ReadOnlySpan<byte>(from, length));
        return length;
    }

    [UnmanagedCallersOnly]
    private static nint Control(nint bio, int command, nint number, nint pointer) => command switch
    {
        OpenSslValues.BioControlEof => Of(bio).IsAtEnd ? 1 : 0,
        OpenSslValues.BioControlFlush => 1,
        _ => 0,
    };
}
