using System.Net;

namespace EvenKeel.Transport.Listeners;

/// <summary>A bound address that accepts connections until it is closed. Any thread may call its members.</summary>
public abstract class Listener : IAsyncDisposable
{
    /// <summary>The address, with the port that the system chose if 0 was asked for.</summary>
    public abstract IPEndPoint Local { get; }

    /// <summary>Stops accepting and closes the listening sockets; accepted connections live on. A connect after it completed is refused.</summary>
    public abstract ValueTask DisposeAsync();
}
