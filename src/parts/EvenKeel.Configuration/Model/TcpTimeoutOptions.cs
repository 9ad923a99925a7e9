namespace EvenKeel.Configuration.Model;

/// <summary>How long each stage of a TCP connection may take.</summary>
public sealed record TcpTimeoutOptions
{
    /// <summary>Until the PROXY header and the ClientHello have arrived, where they are read. Default 5 s.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Until an endpoint accepts a connection; another one is tried then. Default 2 s.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Without a byte in either direction. Default 10 min.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(10);
}
