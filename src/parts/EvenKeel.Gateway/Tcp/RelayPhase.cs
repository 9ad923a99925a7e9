namespace EvenKeel.Gateway.Tcp;

/// <summary>What a relay is doing.</summary>
internal enum RelayPhase
{
    /// <summary>The PROXY header is arriving.</summary>
    Header = 0,

    /// <summary>The ClientHello is arriving.</summary>
    Hello,

    /// <summary>An endpoint is being connected to; what the client sends waits.</summary>
    Connecting,

    /// <summary>Bytes go both ways.</summary>
    Relaying,

    /// <summary>One side is left: what is queued for it leaves, and what it sends is dropped.</summary>
    Lingering,

    /// <summary>Both sides were reset.</summary>
    Over,
}
