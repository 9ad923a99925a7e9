using MeteringTimes.Processes;

namespace MeteringTimes.Loads;

/// <summary>Measures a load in its middle: after a warm-up, and before it is told to stop.</summary>
/// <param name="Events">Events in that time.</param>
/// <param name="Elapsed">The time.</param>
/// <param name="Cpu">Processor time of each group of processes in it.</param>
/// <param name="Latencies">How long operations took that ended in it, sorted.</param>
internal sealed record Measurement(long Events, TimeSpan Elapsed, IReadOnlyList<TimeSpan> Cpu, TimeSpan[] Latencies)
{
    public double Rate => Events / Elapsed.TotalSeconds;

    /// <summary>Runs a load.</summary>
    /// <param name="load">The load.</param>
    /// <param name="clock">Reads processor time.</param>
    /// <param name="groups">The first process of each group.</param>
    /// <param name="warm">The warm-up.</param>
    /// <param name="length">The time that is measured.</param>
    public static async Task<Measurement> RunAsync(ILoad load, CpuClock clock, IReadOnlyList<int[]> groups, TimeSpan warm, TimeSpan length)
    {
        var time = TimeProvider.System;
        await load.StartAsync();
        await Task.Delay(warm, time, CancellationToken.None);
        var (start, before, cpu) = (time.GetTimestamp(), load.Events, groups.Select(group => clock.Of(group)).ToArray());
        await Task.Delay(length, time, CancellationToken.None);
        var (end, after) = (time.GetTimestamp(), load.Events);
        TimeSpan[] used = [.. groups.Select((group, i) => clock.Of(group) - cpu[i])];
        var operations = await load.StopAsync();
        var latencies = operations
            .Where(one => one.Ended >= start && one.Ended < end)
            .Select(one => time.GetElapsedTime(0, one.Took)).Order().ToArray();
        return after > before && latencies.Length > 0
            ? new Measurement(after - before, time.GetElapsedTime(start, end), used, latencies)
            : throw new BenchmarkException("nothing was done in the time that was measured");
    }

    /// <summary>The latency that a part of the operations did not exceed.</summary>
    public TimeSpan At(double part) => Latencies[(int)Math.Min(Latencies.Length - 1, Latencies.Length * part)];
}
