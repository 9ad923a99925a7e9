namespace EvenKeel.Gateway.Tcp;

/// <summary>What a TCP gateway has done since it was started, over all loops.</summary>
public sealed record TcpStatistics
{
    /// <summary>Connections that are open, those that are not connected to an endpoint yet included.</summary>
    public required long Active { get; init; }

    /// <summary>Further endpoints that were tried.</summary>
    public required long Retries { get; init; }

    /// <summary>Bytes passed on from clients to endpoints.</summary>
    public required long ClientBytes { get; init; }

    /// <summary>Bytes passed on from endpoints to clients.</summary>
    public required long EndpointBytes { get; init; }

    /// <summary>Connections that are over, by how they ended; outcomes that never happened have 0.</summary>
    public required IReadOnlyDictionary<TcpOutcome, long> Outcomes { get; init; }

    internal static TcpStatistics Sum(IReadOnlyList<TcpCounters> loops) => new()
    {
        Active = loops.Sum(one => Volatile.Read(ref one.Active)),
        Retries = loops.Sum(one => Volatile.Read(ref one.Retries)),
        ClientBytes = loops.Sum(one => Volatile.Read(ref one.ClientBytes)),
        EndpointBytes = loops.Sum(one => Volatile.Read(ref one.EndpointBytes)),
        Outcomes = Enum.GetValues<TcpOutcome>().ToDictionary(outcome => outcome, outcome => loops.Sum(one => one.Of(outcome))),
    };
}
