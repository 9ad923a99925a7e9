using System.Globalization;
using LockTimes.Subjects;
using Measure;

namespace LockTimes;

/// <summary>
/// One lock and callers who all want it: the holder gives it back at once and asks again, so that as many wait all the time. A hand-over is from the
/// call of release until the acquisition of the next caller returns; it needs a release, a grant and the next request of who has released.
/// </summary>
/// <param name="waiters">How many wait while one holds.</param>
/// <param name="length">How long.</param>
internal sealed class HandOver(int waiters, TimeSpan length)
{
    public string Workload => string.Create(CultureInfo.InvariantCulture, $"hand-over-{waiters}");

    public async Task RunAsync(ISubject subject, ResultTable? table, CancellationToken cancellationToken)
    {
        var connected = new List<ICaller>();
        for (var i = 0; i <= waiters; i++)
        {
            connected.Add(await subject.ConnectAsync(i));
        }

        // Only the holder writes these, and the lock itself hands them on: a lock that has two holders at once is found here.
        var times = new List<double>();
        var (released, last, holders) = (0L, -1, 0);
        var (requests, commands) = (await subject.RequestsAsync(), await subject.CommandsAsync());
        var start = TimeProvider.System.GetTimestamp();
        async Task TakeTurnsAsync(ICaller caller, int number)
        {
            while (TimeProvider.System.GetElapsedTime(start) < length)
            {
                await caller.AcquireAsync("shared", cancellationToken);
                if (Interlocked.Increment(ref holders) != 1)
                {
                    throw new InvalidOperationException($"{subject.Name}: the lock had two holders at once");
                }

                if (last != number && released != 0)
                {
                    times.Add(TimeProvider.System.GetElapsedTime(released).TotalMicroseconds);
                }

                (last, released) = (number, TimeProvider.System.GetTimestamp());
                Interlocked.Decrement(ref holders);
                await caller.ReleaseAsync();
            }
        }

        await Task.WhenAll(connected.Select((caller, i) => Task.Run(() => TakeTurnsAsync(caller, i), cancellationToken)));
        (requests, commands) = (await subject.RequestsAsync() - requests, await subject.CommandsAsync() - commands);
        foreach (var caller in connected)
        {
            await caller.DisposeAsync();
        }

        if (times.Count == 0)
        {
            throw new InvalidOperationException($"{subject.Name}: no lock was handed over in {length.TotalSeconds} s");
        }

        times.Sort();
        table?.Add(Workload, subject.Name, "p50 us", times[times.Count / 2]);
        table?.Add(Workload, subject.Name, "p99 us", times[times.Count * 99 / 100]);
        table?.Add(Workload, subject.Name, "hand-overs/s", times.Count / length.TotalSeconds);
        table?.Add(Workload, subject.Name, "requests/hand-over", (double)requests / times.Count);
        table?.Add(Workload, subject.Name, "server commands/hand-over", (double)commands / times.Count);
    }
}
