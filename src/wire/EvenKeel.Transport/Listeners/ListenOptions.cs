namespace EvenKeel.Transport.Listeners;

/// <summary>Limits of a listener.</summary>
public sealed record ListenOptions
{
    /// <summary>Connections that wait in the kernel until they are accepted. Default 1024.</summary>
    public int Backlog { get; init; } = 1024;

    /// <summary>Accepted connections at a time over all loops; at the limit accepting pauses and the rest wait in the kernel. Default 10000.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option that is below 1.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Backlog, 1, nameof(Backlog));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConnections, 1, nameof(MaxConnections));
    }
}
