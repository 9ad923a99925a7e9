namespace EvenKeel.Proof.Load;

/// <summary>The outcome of a load.</summary>
/// <param name="Plan">What was to be sent, in words.</param>
/// <param name="Seed">The seed of the placeholders.</param>
/// <param name="Open">True for an open load (a rate), false for a closed one (users).</param>
/// <param name="Planned">Requests that the plan intends; 0 in a closed load, which has no such number.</param>
/// <param name="NotSent">Requests of the plan that were never sent because the load was interrupted. Never anything else: nothing is dropped.</param>
/// <param name="Elapsed">From the start to the last outcome.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="Thresholds">The judged rules, in the order of the file.</param>
/// <param name="Interrupted">True when the load was stopped before its end; the rest is then what had been measured so far.</param>
public sealed record LoadResult(
    string Plan, ulong Seed, bool Open, long Planned, long NotSent, TimeSpan Elapsed, LoadMeasurements Measured,
    IReadOnlyList<ThresholdOutcome> Thresholds, bool Interrupted)
{
    /// <summary>The lag at the 99th percentile above which the driver's own figures are not to be trusted.</summary>
    public static readonly TimeSpan TrustedLag = TimeSpan.FromMilliseconds(5);

    /// <summary>True when the driver itself was so late that its latencies say more about the driver than about the service.</summary>
    public bool DriverOverloaded => Measured.Lag.Percentile(99) > TrustedLag;

    /// <summary>0 when all thresholds hold, 99 when one does not; 130 when interrupted and none is broken.</summary>
    public int ExitCode => Thresholds.Any(threshold => !threshold.Holds) ? 99 : Interrupted ? 130 : 0;
}
