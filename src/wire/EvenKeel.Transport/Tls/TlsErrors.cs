using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Tls;

/// <summary>The thread's queue of errors of OpenSSL, which is left empty: the next call on the thread would take an old one for its own.</summary>
internal static unsafe class TlsErrors
{
    /// <summary>Empties the queue and answers its first error: that is the cause, what follows are its consequences.</summary>
    public static TlsError Take()
    {
        nuint first = OpenSslCrypto.ERR_get_error();
        OpenSslCrypto.ERR_clear_error();
        if (first == 0)
        {
            return new TlsError(0, 0, "no reason was given");
        }

        byte* text = OpenSslCrypto.ERR_reason_error_string(first);
        var library = (int)((first >> 23) & 0xff);
        var reason = (int)(first & 0x7fffff);
        return new TlsError(library, reason, Marshal.PtrToStringUTF8((nint)text) ?? $"error {first:x}");
    }
}
