namespace Measure;

/// <summary>
/// Measures loops in nanoseconds of processor time and in bytes allocated. Processor time and not the clock: where other programs run besides,
/// a loop stands still for as long as they take. What they cost it by using the caches remains, and so do the medians of several runs.
/// </summary>
/// <param name="runs">Runs of each loop. All loops have their first run before any has its second: a slow moment meets all alike.</param>
/// <param name="length">The processor time of one run.</param>
public sealed class LoopMeter(int runs, TimeSpan length)
{
    private long _sink;

    /// <summary>Measures loops into a table.</summary>
    public void Measure(IReadOnlyList<MeasuredLoop> loops, ResultTable table)
    {
        // 1. How often each fits into a run. That is its warm-up as well.
        var counts = loops.Select(Calibrate).ToArray();

        // 2. The runs.
        for (var run = 0; run < runs; run++)
        {
            for (var i = 0; i < loops.Count; i++)
            {
                var bytes = GC.GetAllocatedBytesForCurrentThread();
                var nanoseconds = Time(loops[i], counts[i]);
                bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
                table.Add(loops[i].Workload, loops[i].Subject, $"ns/{loops[i].Operation}", nanoseconds / counts[i]);
                table.Add(loops[i].Workload, loops[i].Subject, $"bytes/{loops[i].Operation}", (double)bytes / counts[i]);
            }
        }

        GC.KeepAlive(_sink);
    }

    private int Calibrate(MeasuredLoop loop)
    {
        // The first turns compile the loop and fill what it keeps; they tell nothing of its cost.
        Time(loop, 64);
        for (var count = 16; ; count *= 2)
        {
            var nanoseconds = Time(loop, count);
            if (nanoseconds >= length.TotalNanoseconds / 4 || count >= 1 << 28)
            {
                return Math.Max(1, (int)Math.Min(1 << 30, count * length.TotalNanoseconds / Math.Max(1, nanoseconds)));
            }
        }
    }

    private double Time(MeasuredLoop loop, int count)
    {
        var before = Environment.CpuUsage.TotalTime;
        _sink += loop.Run(count);
        return (Environment.CpuUsage.TotalTime - before).TotalNanoseconds;
    }
}
