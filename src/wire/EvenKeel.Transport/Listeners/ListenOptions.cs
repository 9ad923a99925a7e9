namespace EvenKeel.Transport.Listeners;

/// <summary>Limits of a listener.</summary>
public sealed record ListenOptions
{
    /// <summary>Connections that wait in the kernel until they are accepted. Default 1024.</summary>
    public int Backlog { get; init; } = 1024;

    /// <summary>Accepted connections at a time over all loops; at the limit accepting pauses and the rest wait in the kernel. Default 10000.</summary>
    public int MaxConnections { get; init; } = 10_000;
}
