using MeteringTimes.Events;

namespace MeteringTimes.Loads;

/// <summary>Writers that each store one batch after the other in the database, without a service.</summary>
/// <param name="feeds">One for each writer.</param>
/// <param name="batch">Events of a batch.</param>
/// <param name="store">
/// Stores a batch of one writer. It returns how many of the events were new. Which of them are repetitions is said beside them.
/// </param>
internal sealed class DirectLoad(IReadOnlyList<Feed> feeds, int batch, Func<int, Sample[], Task<int>> store) : ILoad
{
    private readonly List<(long, long)>[] _operations = [.. feeds.Select(_ => new List<(long, long)>())];
    private readonly CancellationTokenSource _stop = new();
    private Task[] _writing = [];
    private long _events;

    public long Events => Interlocked.Read(ref _events);

    public Task StartAsync()
    {
        _writing = [.. feeds.Select((_, writer) => Task.Run(() => WriteAsync(writer)))];
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<(long Ended, long Took)>> StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_writing);
        return [.. _operations.SelectMany(one => one)];
    }

    public ValueTask DisposeAsync()
    {
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task WriteAsync(int writer)
    {
        var time = TimeProvider.System;
        var samples = new Sample[batch];
        var repeated = new HashSet<Guid>();
        while (!_stop.IsCancellationRequested)
        {
            repeated.Clear();
            var now = time.GetUtcNow().UtcDateTime;
            for (var i = 0; i < batch; i++)
            {
                samples[i] = feeds[writer].Next(now, out var isRepeat);

                // Of an event that is drawn twice the batch has one.
                while (isRepeat && !repeated.Add(samples[i].Id))
                {
                    samples[i] = feeds[writer].Next(now, out isRepeat);
                }
            }

            var start = time.GetTimestamp();
            var stored = await store(writer, samples);
            var end = time.GetTimestamp();
            if (stored != batch - repeated.Count)
            {
                throw new BenchmarkException($"{stored} of {batch} events were new, {batch - repeated.Count} were sent as new");
            }

            foreach (var sample in samples.Where(sample => !repeated.Contains(sample.Id)))
            {
                feeds[writer].Acknowledge(sample);
            }

            _operations[writer].Add((end, end - start));
            Interlocked.Add(ref _events, batch);
        }
    }
}
