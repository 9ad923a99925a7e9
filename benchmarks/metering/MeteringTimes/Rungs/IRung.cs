namespace MeteringTimes.Rungs;

/// <summary>One step of the ladder: one way of storing events.</summary>
internal interface IRung
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    /// <summary>The name of the rung below, of which its rate is a part; null for the first.</summary>
    string? Below { get; }

    /// <summary>Runs it once and puts what was measured into the result.</summary>
    /// <exception cref="BenchmarkException">The run does not count.</exception>
    Task<RungResult> RunAsync(Mix mix, int seed);
}
