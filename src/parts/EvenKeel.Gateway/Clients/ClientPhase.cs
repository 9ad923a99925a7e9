namespace EvenKeel.Gateway.Clients;

/// <summary>What a client's connection is doing.</summary>
internal enum ClientPhase
{
    /// <summary>No byte of a request has arrived since the connection was opened or the last response ended.</summary>
    Idle = 0,

    /// <summary>A request's head is arriving.</summary>
    Head,

    /// <summary>An exchange is under way.</summary>
    Exchange,

    /// <summary>The last response is out, and what still arrives is dropped.</summary>
    Lingering,

    /// <summary>The PROXY header is arriving, in front of everything else.</summary>
    Proxy,

    /// <summary>It was closed, and waits for the kernel to take what is queued.</summary>
    Closing,
}
