namespace Generator;

/// <summary>
/// Sends at a fixed rate, whatever the answers do (an open model). Requests are due in bursts, one each millisecond; a burst that is late
/// counts from when it was due, and so does a request that waits for a connection.
/// </summary>
internal sealed class Pace(ClientSet clients, int rate, TimeSpan duration, TimeProvider time)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    public async Task<string> RunAsync()
    {
        var start = time.GetTimestamp();
        var burst = 0L;
        var sent = 0L;
        using var timer = new PeriodicTimer(Tick, time);
        while (burst * Tick < duration && await timer.WaitForNextTickAsync())
        {
            for (var now = time.GetElapsedTime(start); burst * Tick <= now && burst * Tick < duration; burst++)
            {
                // 1. What is due until then in whole requests. 2. All of the burst, due at its millisecond.
                var due = (burst + 1) * rate / 1000;
                clients.Ask((int)(due - sent), start + (long)(burst * Tick.TotalSeconds * time.TimestampFrequency));
                sent = due;
            }
        }

        // The first second is the warm-up of both sides.
        var latencies = await clients.FinishAsync(TimeSpan.FromSeconds(10), start + time.TimestampFrequency);
        return latencies.Length == 0
            ? $"0 0 0 {clients.Errors + sent}"
            : FormattableString.Invariant($"{At(latencies, 0.50):0} {At(latencies, 0.99):0} {latencies.Length} {clients.Errors}");
    }

    private double At(long[] latencies, double part) =>
        latencies[(int)Math.Min(latencies.Length - 1, latencies.Length * part)] * 1e6 / time.TimestampFrequency;
}
