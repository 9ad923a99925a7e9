namespace EvenKeel.Proof.Load;

/// <summary>Calls back at intended times, in order, as close to them as timers allow (about 1 ms late), never early and never less often.</summary>
internal sealed class Pacer(TimeProvider time, long started)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(started);

    /// <summary>Runs through the times; returns how many were called, fewer than all only when cancelled.</summary>
    public async Task<long> RunAsync(IEnumerable<TimeSpan> intendedTimes, Action<TimeSpan> arrive, CancellationToken cancellationToken)
    {
        var issued = 0L;
        foreach (var intended in intendedTimes)
        {
            if (!await UntilAsync(intended, cancellationToken).ConfigureAwait(false))
            {
                return issued;
            }

            arrive(intended);
            issued++;
        }

        return issued;
    }

    /// <summary>Waits until a time; false when cancelled before.</summary>
    public async Task<bool> UntilAsync(TimeSpan at, CancellationToken cancellationToken)
    {
        while (at - Elapsed is var left && left > TimeSpan.Zero)
        {
            // Timers round down to whole milliseconds; a shorter wait would return at once and spin.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            await Task.Delay(wait < Tick ? Tick : wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }

        return !cancellationToken.IsCancellationRequested;
    }
}
