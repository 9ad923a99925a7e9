namespace EvenKeel.Proxying.ClientHellos;

/// <summary>Fatal alerts, as one who takes no part in a handshake may send them in answer to a ClientHello (RFC 8446 section 6).</summary>
public static class TlsAlert
{
    /// <summary>No server is known by the name that the client asked for.</summary>
    public static ReadOnlySpan<byte> UnrecognizedName => [21, 3, 3, 0, 2, 2, 112];

    /// <summary>The ClientHello cannot be read.</summary>
    public static ReadOnlySpan<byte> DecodeError => [21, 3, 3, 0, 2, 2, 50];
}
