using EvenKeel.Gateway.Problems;

namespace EvenKeel.Gateway.Statistics;

/// <summary>What a gateway has done since it was started, over all loops.</summary>
public sealed record GatewayStatistics
{
    /// <summary>Requests, the refused ones included.</summary>
    public required long Requests { get; init; }

    /// <summary>Responses that were relayed to their end.</summary>
    public required long Completed { get; init; }

    /// <summary>Exchanges under way.</summary>
    public required long Active { get; init; }

    /// <summary>Further endpoints that were tried.</summary>
    public required long Retries { get; init; }

    /// <summary>Retries that were not made because the service's budget was used up.</summary>
    public required long RetriesRefused { get; init; }

    /// <summary>Requests repeated on a fresh connection because a pooled one had died.</summary>
    public required long Stale { get; init; }

    /// <summary>Responses that broke off after they had begun.</summary>
    public required long Truncated { get; init; }

    /// <summary>Clients that left before their response was complete.</summary>
    public required long ClientAborts { get; init; }

    /// <summary>Client connections that are open.</summary>
    public required long Clients { get; init; }

    /// <summary>Connections to endpoints that are open or opening.</summary>
    public required long Upstreams { get; init; }

    /// <summary>Connections to endpoints that were opened.</summary>
    public required long Connects { get; init; }

    /// <summary>Requests that found a pooled connection.</summary>
    public required long Reused { get; init; }

    /// <summary>Client connections that were refused: of no trusted proxy, or without a valid PROXY header in time.</summary>
    public required long RefusedSources { get; init; }

    /// <summary>Answers that the gateway made itself, by code; codes that never happened have 0.</summary>
    public required IReadOnlyDictionary<ProblemCode, long> Problems { get; init; }

    internal static GatewayStatistics Sum(IReadOnlyList<LoopCounters> loops) => new()
    {
        Requests = loops.Sum(one => Volatile.Read(ref one.Requests)),
        Completed = loops.Sum(one => Volatile.Read(ref one.Completed)),
        Active = loops.Sum(one => Volatile.Read(ref one.Active)),
        Retries = loops.Sum(one => Volatile.Read(ref one.Retries)),
        RetriesRefused = loops.Sum(one => Volatile.Read(ref one.RetriesRefused)),
        Stale = loops.Sum(one => Volatile.Read(ref one.Stale)),
        Truncated = loops.Sum(one => Volatile.Read(ref one.Truncated)),
        ClientAborts = loops.Sum(one => Volatile.Read(ref one.ClientAborts)),
        Clients = loops.Sum(one => Volatile.Read(ref one.Clients)),
        Upstreams = loops.Sum(one => Volatile.Read(ref one.Upstreams)),
        Connects = loops.Sum(one => Volatile.Read(ref one.Connects)),
        Reused = loops.Sum(one => Volatile.Read(ref one.Reused)),
        RefusedSources = loops.Sum(one => Volatile.Read(ref one.RefusedSources)),
        Problems = Enum.GetValues<ProblemCode>().ToDictionary(code => code, code => loops.Sum(one => one.Of(code))),
    };
}
