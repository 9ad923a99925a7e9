namespace EvenKeel.Gateway.Statistics;

/// <summary>
/// Durations that one loop saw, counted by fixed bounds. Only the loop writes, without atomics; another thread may read counts of which one is
/// a request ahead of the sum.
/// </summary>
internal sealed class DurationHistogram
{
    private readonly long[] _counts = new long[HistogramReading.Bounds.Count + 1];
    private long _sum;

    /// <summary>The bounds in ticks of a clock.</summary>
    /// <param name="frequency">Ticks in one second.</param>
    public static long[] BoundsIn(long frequency) => [.. HistogramReading.Bounds.Select(bound => (long)(bound * frequency))];

    /// <summary>Counts a duration.</summary>
    /// <param name="ticks">The duration in ticks of the clock.</param>
    /// <param name="bounds">The bounds in the same ticks.</param>
    public void Add(long ticks, long[] bounds)
    {
        var index = 0;
        while (index < bounds.Length && ticks > bounds[index])
        {
            index++;
        }

        _counts[index]++;
        _sum += ticks;
    }

    /// <summary>Adds what was counted to sums over loops.</summary>
    public void AddTo(long[] counts, ref long sum)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += Volatile.Read(ref _counts[i]);
        }

        sum += Volatile.Read(ref _sum);
    }
}
