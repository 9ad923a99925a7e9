namespace EvenKeel.State.Server.Sessions;

/// <summary>What INFO tells. Used on the server's loop only.</summary>
internal sealed class ServerCounters(TimeProvider time, int maxClients, long maxMemory)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>The address's port, once it is known.</summary>
    public int Port { get; set; }

    /// <summary>Clients at the moment.</summary>
    public int Clients { get; set; }

    /// <summary>The most clients at a time.</summary>
    public int MaxClients { get; } = maxClients;

    /// <summary>The limit of memory in bytes; 0 for none.</summary>
    public long MaxMemory { get; } = maxMemory;

    /// <summary>Clients since the start.</summary>
    public long Accepted { get; set; }

    /// <summary>Clients that were turned away.</summary>
    public long Rejected { get; set; }

    /// <summary>Commands since the start.</summary>
    public long Commands { get; set; }

    /// <summary>Whole seconds since the start.</summary>
    public long UptimeSeconds => (long)time.GetElapsedTime(_start).TotalSeconds;
}
