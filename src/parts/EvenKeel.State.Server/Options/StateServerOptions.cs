namespace EvenKeel.State.Server.Options;

/// <summary>The limits of a state node. Every one is enforced; what is refused is answered with the words of Redis where it has them.</summary>
public sealed record StateServerOptions
{
    /// <summary>
    /// Bytes that keys and values may take, by estimate; above it every command that may store more is refused with OOM. 0 for no limit.
    /// Default 1 GiB.
    /// </summary>
    public long MaxMemory { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Clients at a time; one more is told so and closed. Default 10000.</summary>
    public int MaxClients { get; init; } = 10_000;

    /// <summary>Bytes of one argument of a request: at most 1 GiB. Default 64 MiB.</summary>
    public int MaxBulkBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Bytes of all arguments of one request together: at most 1 GiB. Default 64 MiB.</summary>
    public int MaxRequestBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The clock of expiry. Time that passes while nobody asks counts; changes of the wall clock do not.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
