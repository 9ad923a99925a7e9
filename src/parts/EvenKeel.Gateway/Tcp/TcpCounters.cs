namespace EvenKeel.Gateway.Tcp;

/// <summary>What one loop counts. Only the loop writes, without atomics; other threads read values that may be a moment old.</summary>
internal sealed class TcpCounters
{
    private readonly long[] _outcomes = new long[Enum.GetValues<TcpOutcome>().Length];

    /// <summary>Connections that are open.</summary>
    public long Active;

    /// <summary>Further endpoints that were tried.</summary>
    public long Retries;

    /// <summary>Bytes from clients to endpoints.</summary>
    public long ClientBytes;

    /// <summary>Bytes from endpoints to clients.</summary>
    public long EndpointBytes;

    /// <summary>Counts a connection that is over.</summary>
    public void Add(TcpOutcome outcome) => _outcomes[(int)outcome]++;

    /// <summary>The connections that ended so.</summary>
    public long Of(TcpOutcome outcome) => Volatile.Read(ref _outcomes[(int)outcome]);
}
