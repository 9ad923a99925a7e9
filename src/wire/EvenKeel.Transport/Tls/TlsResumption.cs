using System.Runtime.InteropServices;

namespace EvenKeel.Transport.Tls;

/// <summary>The last session with one server, which the next connection to it resumes. Used on one loop only.</summary>
public sealed class TlsResumption : IDisposable
{
    private nint _session;
    private bool _disposed;

    /// <summary>Forgets the session. Connections that live on keep none either.</summary>
    public void Dispose()
    {
        _disposed = true;
        Keep(0);
    }

    internal void Offer(nint ssl)
    {
        if (_session != 0)
        {
            _ = OpenSsl.SSL_set_session(ssl, _session);
        }
    }

    /// <summary>A session can be resumed from now on; 1 to own it.</summary>
    [UnmanagedCallersOnly]
    internal static int OnNewSession(nint ssl, nint session)
    {
        if (ConnectionBio.SessionOf(ssl).Resumption is not { _disposed: false } resumption)
        {
            return 0;
        }

        NativeCount.Sessions.Add(1);
        resumption.Keep(session);
        return 1;
    }

    private void Keep(nint session)
    {
        if (_session != 0)
        {
            OpenSsl.SSL_SESSION_free(_session);
            NativeCount.Sessions.Add(-1);
        }

        _session = session;
    }
}
