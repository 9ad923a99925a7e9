using EvenKeel.Transport.Tls;

namespace EvenKeel.Gateway.Tcp;

/// <summary>What one loop knows of TLS with one endpoint.</summary>
/// <param name="client">What connections were made with.</param>
/// <param name="last">The last session.</param>
internal sealed class TlsSessions(TlsClient client, TlsResumption last)
{
    /// <summary>What connections were made with.</summary>
    public TlsClient Client => client;

    /// <summary>The last session, which the next connection resumes.</summary>
    public TlsResumption Last => last;

    /// <summary>Why TLS failed the last time, or null.</summary>
    public string? Failure { get; set; }
}
