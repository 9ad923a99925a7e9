using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EvenKeel.Locks.Errors;
using EvenKeel.Locks.Redis;
using EvenKeel.Locks.Telemetry;
using EvenKeel.Locks.Tests.Servers;

namespace EvenKeel.Locks.Tests;

[Trait("Category", "Process")]
public class LockMetricsProcessTests
{
    // Measurements are heard in the context of whoever causes them: that tells this test's from those of others in the process.
    private static readonly AsyncLocal<ConcurrentQueue<string>?> Heard = new();

    [Fact]
    public async Task Each_instrument_tells_what_happened()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var heard = new ConcurrentQueue<string>();
        Heard.Value = heard;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == LockMetrics.MeterName)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Heard.Value?.Enqueue(Line(instrument, "", tags)));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Heard.Value?.Enqueue(Line(instrument, $" {value}", tags)));
        listener.Start();

        await using LockServer server = await LockServer.StartAsync("node");
        ILockProvider one = await server.ProviderAsync();
        LockHandle lost = await one.AcquireAsync("l", new LockOptions { Lease = TimeSpan.FromSeconds(1) }, cancellation);
        LockHandle held = await one.AcquireAsync("l", null, cancellation);
        Assert.Null(await one.TryAcquireAsync("l", new LockOptions { Wait = TimeSpan.Zero }, cancellation));
        var fence = new StateFence(server.Client());
        await fence.SetAsync("v", held.Token, "", cancellation);
        await Assert.ThrowsAsync<FenceRejectedException>(() => fence.SetAsync("v", lost.Token, "", cancellation));
        await held.ReleaseAsync();
        while (!heard.Any(line => line.Contains("leases.lost", StringComparison.Ordinal)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellation);
        }

        Assert.Equal(
            [
                "evenkeel.lock.acquisition.duration s state acquired",
                "evenkeel.lock.acquisition.duration s state acquired",
                "evenkeel.lock.acquisition.duration s state timeout",
                "evenkeel.lock.contentions {acquisition} 1 state",
                "evenkeel.lock.contentions {acquisition} 1 state",
                "evenkeel.lock.fences.rejected {write} 1 state",
                "evenkeel.lock.hold.duration s state",
                "evenkeel.lock.leases.lost {lease} 1 state expired",
            ],
            heard.Where(line => !line.Contains("waiters", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(3, heard.Count(line => line == "evenkeel.lock.waiters {waiter} 1 state"));
        Assert.Equal(3, heard.Count(line => line == "evenkeel.lock.waiters {waiter} -1 state"));
    }

    private static string Line(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string line = $"{instrument.Name} {instrument.Unit}{value}";
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            line += " " + tag.Value;
        }

        return line;
    }
}
