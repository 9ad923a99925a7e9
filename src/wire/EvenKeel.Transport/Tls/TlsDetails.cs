namespace EvenKeel.Transport.Tls;

/// <summary>What a handshake agreed on.</summary>
/// <param name="Version">The version: <c>1.2</c> or <c>1.3</c>.</param>
/// <param name="IsResumed">True when an earlier session was resumed, without certificate and signature.</param>
/// <param name="ServerName">The name that the client asked for (SNI), or null.</param>
public sealed record TlsDetails(string Version, bool IsResumed, string? ServerName);
