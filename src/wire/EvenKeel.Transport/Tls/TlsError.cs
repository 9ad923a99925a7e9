namespace EvenKeel.Transport.Tls;

/// <summary>An error of OpenSSL.</summary>
/// <param name="Library">The number of the library within OpenSSL.</param>
/// <param name="Reason">The number of the reason within that library.</param>
/// <param name="Text">The reason in words.</param>
internal readonly record struct TlsError(int Library, int Reason, string Text)
{
    /// <summary>True for a reason of libssl itself.</summary>
    public bool IsSsl(int reason) => Library == OpenSslValues.LibrarySsl && Reason == reason;
}
