using System.Diagnostics.Metrics;
using EvenKeel.Hosting.Metrics;

namespace EvenKeel.Hosting.Tests.Metrics;

public sealed class MeterCollectorTests : IDisposable
{
    private static int _made;
    private readonly string _name = $"test-{Interlocked.Increment(ref _made)}";
    private readonly MeterCollector _collector;
    private readonly Meter _meter;

    public MeterCollectorTests()
    {
        _collector = new MeterCollector(_name);
        _meter = new Meter(_name);
    }

    [Fact]
    public void A_counter_adds_up_by_its_tags_and_has_the_name_that_Prometheus_expects()
    {
        Counter<long> counter = _meter.CreateCounter<long>("a.lock.contention", "{window}", "Line one\nand \\ two.");
        counter.Add(2);
        counter.Add(3, new KeyValuePair<string, object?>("some.tag", "a\"b\\c\nd"));
        counter.Add(1, new KeyValuePair<string, object?>("some.tag", "a\"b\\c\nd"));
        Assert.Equal(
            "# HELP a_lock_contention_total Line one\\nand \\\\ two.\n# TYPE a_lock_contention_total counter\n"
            + "a_lock_contention_total 2\na_lock_contention_total{some_tag=\"a\\\"b\\\\c\\nd\"} 4\n",
            Of("a_lock_contention"));
    }

    [Fact]
    public void A_histogram_has_its_own_bounds_cumulative_buckets_and_a_unit()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] };
        Histogram<double> histogram = _meter.CreateHistogram("b.latency", "s", "Help.", tags: null, advice: advice);
        foreach (double value in new[] { 0.25, 0.5, 0.75, 2 })
        {
            histogram.Record(value, new KeyValuePair<string, object?>("k", 1));
        }

        Assert.Equal(
            "# HELP b_latency_seconds Help.\n# TYPE b_latency_seconds histogram\nb_latency_seconds_bucket{k=\"1\",le=\"0.5\"} 2\n"
            + "b_latency_seconds_bucket{k=\"1\",le=\"1\"} 3\nb_latency_seconds_bucket{k=\"1\",le=\"+Inf\"} 4\n"
            + "b_latency_seconds_sum{k=\"1\"} 3.5\nb_latency_seconds_count{k=\"1\"} 4\n",
            Of("b_latency"));
    }

    [Fact]
    public void What_goes_up_and_down_and_what_is_asked_for_shows_its_latest_value()
    {
        UpDownCounter<int> waiters = _meter.CreateUpDownCounter<int>("c.waiters");
        waiters.Add(3);
        waiters.Add(-1);
        long total = 5;
        _meter.CreateObservableGauge("c.level", () => 1.5, "By", "");
        _meter.CreateObservableCounter("c.seen", () => total, "", "");
        Assert.Contains("# TYPE c_waiters gauge\nc_waiters 2\n", Of("c_waiters"), StringComparison.Ordinal);
        Assert.EndsWith("c_level_bytes 1.5\n", Of("c_level"), StringComparison.Ordinal);
        Of("c_seen");
        total = 7;
        Assert.EndsWith("# TYPE c_seen_total counter\nc_seen_total 7\n", Of("c_seen"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_instrument_has_a_thousand_series_and_what_is_above_is_counted()
    {
        Counter<long> counter = _meter.CreateCounter<long>("d.many");
        for (int i = 0; i < MeterCollector.MaxSeries + 3; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("i", i));
        }

        Assert.Equal(MeterCollector.MaxSeries, _collector.Write().Split("\nd_many_total{").Length - 1);
        Assert.EndsWith("\nevenkeel_telemetry_dropped_total 3\n", _collector.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_meters_are_not_listened_to()
    {
        using var other = new Meter("another-" + _name);
        other.CreateCounter<long>("e.other").Add(1);
        Assert.DoesNotContain("e_other", _collector.Write(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _meter.Dispose();
        _collector.Dispose();
    }

    private string Of(string prefix) => string.Concat(_collector.Write()
        .Split('\n')
        .Where(line => line.Contains(prefix, StringComparison.Ordinal))
        .Select(line => line + "\n"));
}
