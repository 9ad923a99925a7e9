using MeteringTimes.Loads;

namespace MeteringTimes.Rungs;

/// <summary>What a run of a rung has shown.</summary>
/// <param name="Measured">The measurement; its groups are named in <paramref name="Groups"/>.</param>
/// <param name="Groups">What each group of processes is.</param>
internal sealed record RungResult(Measurement Measured, IReadOnlyList<string> Groups);
