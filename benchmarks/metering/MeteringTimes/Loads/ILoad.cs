namespace MeteringTimes.Loads;

/// <summary>Something that sends events until it is told to stop.</summary>
internal interface ILoad : IAsyncDisposable
{
    /// <summary>Events whose outcome is known so far, repetitions included. Any thread may read it.</summary>
    long Events { get; }

    /// <summary>Begins.</summary>
    Task StartAsync();

    /// <summary>Ends when what was begun has its outcome.</summary>
    /// <returns>When each operation ended, and how long it took, in ticks of the clock.</returns>
    /// <exception cref="BenchmarkException">Something was refused, failed or was not what it should be.</exception>
    Task<IReadOnlyList<(long Ended, long Took)>> StopAsync();
}
