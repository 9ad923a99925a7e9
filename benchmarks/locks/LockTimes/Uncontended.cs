using System.Globalization;
using LockTimes.Subjects;
using Measure;

namespace LockTimes;

/// <summary>Callers that each take and give back a lock of their own, over and over.</summary>
/// <param name="callers">How many.</param>
/// <param name="length">How long.</param>
internal sealed class Uncontended(int callers, TimeSpan length)
{
    public string Workload => string.Create(CultureInfo.InvariantCulture, $"pair-{callers}");

    public async Task RunAsync(ISubject subject, ResultTable? table, CancellationToken cancellationToken)
    {
        var connected = new List<ICaller>();
        for (var i = 0; i < callers; i++)
        {
            connected.Add(await subject.ConnectAsync(i));
        }

        var (requests, commands) = (await subject.RequestsAsync(), await subject.CommandsAsync());
        var cpu = Environment.CpuUsage.TotalTime;
        var start = TimeProvider.System.GetTimestamp();
        var counts = await Task.WhenAll(connected.Select((caller, i) => Task.Run(() => LoopAsync(caller, i, start, cancellationToken), cancellationToken)));
        var elapsed = TimeProvider.System.GetElapsedTime(start);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        (requests, commands) = (await subject.RequestsAsync() - requests, await subject.CommandsAsync() - commands);
        foreach (var caller in connected)
        {
            await caller.DisposeAsync();
        }

        double pairs = counts.Sum();
        table?.Add(Workload, subject.Name, "pairs/s", pairs / elapsed.TotalSeconds);
        table?.Add(Workload, subject.Name, "us/pair", callers * elapsed.TotalMicroseconds / pairs);
        table?.Add(Workload, subject.Name, "client CPU us/pair", cpu.TotalMicroseconds / pairs);
        table?.Add(Workload, subject.Name, "requests/pair", requests / pairs);
        table?.Add(Workload, subject.Name, "server commands/pair", commands / pairs);
    }

    private async Task<long> LoopAsync(ICaller caller, int number, long start, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"own/{number}");
        long pairs = 0;
        while (TimeProvider.System.GetElapsedTime(start) < length)
        {
            await caller.AcquireAsync(name, cancellationToken);
            await caller.ReleaseAsync();
            pairs++;
        }

        return pairs;
    }
}
