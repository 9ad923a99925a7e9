using EvenKeel.Gateway.Problems;

namespace EvenKeel.Gateway.Statistics;

/// <summary>What one loop counts. Only the loop writes, without atomics; other threads read values that may be a moment old.</summary>
internal sealed class LoopCounters
{
    private readonly long[] _problems = new long[ProblemCodes.Count];

    /// <summary>Requests whose head was complete and valid, or that were refused.</summary>
    public long Requests;

    /// <summary>Responses that were relayed to their end.</summary>
    public long Completed;

    /// <summary>Exchanges under way.</summary>
    public long Active;

    /// <summary>Further endpoints that were tried.</summary>
    public long Retries;

    /// <summary>Retries that were not made because the service's budget was used up.</summary>
    public long RetriesRefused;

    /// <summary>Requests repeated on a fresh connection because a pooled one had died.</summary>
    public long Stale;

    /// <summary>Responses that broke off after they had begun.</summary>
    public long Truncated;

    /// <summary>Clients that left before their response was complete.</summary>
    public long ClientAborts;

    /// <summary>Client connections that are open.</summary>
    public long Clients;

    /// <summary>Connections to endpoints that are open or opening.</summary>
    public long Upstreams;

    /// <summary>Connections to endpoints that were opened.</summary>
    public long Connects;

    /// <summary>Requests that found a pooled connection.</summary>
    public long Reused;

    /// <summary>Connections refused for their source or their PROXY header.</summary>
    public long RefusedSources;

    /// <summary>Counts a problem.</summary>
    public void Add(ProblemCode code) => _problems[(int)code]++;

    /// <summary>How often a problem was answered.</summary>
    public long Of(ProblemCode code) => Volatile.Read(ref _problems[(int)code]);
}
