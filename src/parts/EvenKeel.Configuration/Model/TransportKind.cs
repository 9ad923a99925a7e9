namespace EvenKeel.Configuration.Model;

/// <summary>What carries the gateway's connections.</summary>
public enum TransportKind
{
    /// <summary>Epoll where it runs, else sockets of the runtime.</summary>
    Auto = 0,

    /// <summary>Event loops over epoll: Linux on x86-64 and arm64.</summary>
    Epoll = 1,

    /// <summary>The runtime's sockets: every platform, at more CPU time for each request.</summary>
    Socket = 2,
}
