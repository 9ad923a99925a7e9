namespace EvenKeel.Proxying.ClientHellos;

/// <summary>What became of reading a ClientHello.</summary>
public enum ClientHelloStatus
{
    /// <summary>What has arrived can be the beginning of one.</summary>
    Incomplete = 0,

    /// <summary>It is complete and well formed.</summary>
    Complete = 1,

    /// <summary>What has arrived is not TLS, or is malformed.</summary>
    Invalid = 2,

    /// <summary>It is longer than <see cref="ClientHelloParser.MaxLength"/>.</summary>
    TooLong = 3,
}
