using System.Diagnostics.Metrics;

namespace EvenKeel.Locks.Telemetry;

/// <summary>The instruments of the meter <c>EvenKeel.Locks</c>. Names of locks are no attributes: there may be any number of them.</summary>
internal static class LockMetrics
{
    public const string MeterName = "EvenKeel.Locks";
    public const string ProviderTag = "evenkeel.lock.provider";
    public const string OutcomeTag = "evenkeel.lock.outcome";
    public const string ReasonTag = "evenkeel.lock.reason";

    private static readonly Meter Meter = new(MeterName);
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    private static readonly Histogram<double> AcquisitionDuration = Meter.CreateHistogram(
        "evenkeel.lock.acquisition.duration", "s", "Time from asking for a lock to its grant or to giving up.", tags: null, advice: Seconds);

    private static readonly Counter<long> ContendedCount = Meter.CreateCounter<long>(
        "evenkeel.lock.contentions", "{acquisition}", "Acquisitions that found the lock held or others waiting.");

    private static readonly Histogram<double> HoldDuration = Meter.CreateHistogram(
        "evenkeel.lock.hold.duration", "s", "Time from the grant to the release or the loss.", tags: null, advice: Seconds);

    private static readonly Counter<long> LostCount = Meter.CreateCounter<long>(
        "evenkeel.lock.leases.lost", "{lease}", "Leases that ended before their holder released them.");

    private static readonly Counter<long> RejectedCount = Meter.CreateCounter<long>(
        "evenkeel.lock.fences.rejected", "{write}", "Accesses refused because a later grant had been seen.");

    private static readonly UpDownCounter<long> WaitingCount = Meter.CreateUpDownCounter<long>(
        "evenkeel.lock.waiters", "{waiter}", "Callers that wait for a lock.");

    public static void Acquired(string provider, TimeSpan elapsed, string outcome) =>
        AcquisitionDuration.Record(elapsed.TotalSeconds, new(ProviderTag, provider), new KeyValuePair<string, object?>(OutcomeTag, outcome));

    public static void Contended(string provider) => ContendedCount.Add(1, new KeyValuePair<string, object?>(ProviderTag, provider));

    public static void Held(string provider, TimeSpan elapsed) =>
        HoldDuration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>(ProviderTag, provider));

    public static void Lost(string provider, string reason) =>
        LostCount.Add(1, new(ProviderTag, provider), new KeyValuePair<string, object?>(ReasonTag, reason));

    public static void Rejected(string provider) => RejectedCount.Add(1, new KeyValuePair<string, object?>(ProviderTag, provider));

    public static void Waiting(string provider, int change) => WaitingCount.Add(change, new KeyValuePair<string, object?>(ProviderTag, provider));
}
