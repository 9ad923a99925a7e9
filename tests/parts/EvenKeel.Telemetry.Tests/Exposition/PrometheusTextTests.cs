using EvenKeel.Gateway.Statistics;
using EvenKeel.Telemetry.Exposition;

namespace EvenKeel.Telemetry.Tests.Exposition;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Gauges_and_counters_are_lines_and_empty_labels_are_left_out()
    {
        var text = PrometheusText.Write([
            new MetricFamily("queue_length", MetricKind.Gauge, "Waiting.", [new([], 2.5), new([new("service", "web"), new("name", "")], -1)]),
            new MetricFamily("retries_total", MetricKind.Counter, "Again.", []),
        ]);

        Assert.Equal("""
            # HELP queue_length Waiting.
            # TYPE queue_length gauge
            queue_length 2.5
            queue_length{service="web"} -1
            # HELP retries_total Again.
            # TYPE retries_total counter

            """, text);
        Assert.Equal(2, ScrapeParser.Parse(text).Count);
    }

    [Fact]
    public void A_histogram_is_cumulative_and_ends_with_infinity_sum_and_count()
    {
        var counts = new long[HistogramReading.Bounds.Count + 1];
        (counts[0], counts[3], counts[^1]) = (2, 1, 4);

        var series = ScrapeParser.Parse(PrometheusText.Write(
            [new MetricFamily("d_seconds", MetricKind.Histogram, "Durations.", [new([new("a", "b")], 0, new HistogramReading(counts, 51.5))])]));

        Assert.Equal(2, series["d_seconds_bucket{a=\"b\",le=\"0.0001\"}"]);
        Assert.Equal(3, series["d_seconds_bucket{a=\"b\",le=\"0.001\"}"]);
        Assert.Equal(3, series["d_seconds_bucket{a=\"b\",le=\"10\"}"]);
        Assert.Equal(7, series["d_seconds_bucket{a=\"b\",le=\"+Inf\"}"]);
        Assert.Equal((51.5, 7), (series["d_seconds_sum{a=\"b\"}"], series["d_seconds_count{a=\"b\"}"]));
    }

    [Fact]
    public void Quotes_backslashes_and_line_feeds_are_escaped()
    {
        var text = PrometheusText.Write([new MetricFamily("m", MetricKind.Gauge, "a\\b\nc", [new([new("l", "x\"y\\z\nw")], 1)])]);

        Assert.Contains("# HELP m a\\\\b\\nc\n", text, StringComparison.Ordinal);
        Assert.Contains("m{l=\"x\\\"y\\\\z\\nw\"} 1\n", text, StringComparison.Ordinal);
        Assert.Single(ScrapeParser.Parse(text));
    }

    [Theory]
    [InlineData("# HELP a b\n# TYPE a gauge\na 1")]
    [InlineData("# HELP a b\n# TYPE a gauge\na{l=\"1\",} 1\n")]
    [InlineData("# HELP a b\n# TYPE a gauge\na{l=\"x\ny\"} 1\n")]
    [InlineData("# HELP a b\n# TYPE a gauge\na 1\na 2\n")]
    [InlineData("# HELP a b\n# TYPE a gauge\na{l=\"1\",l=\"2\"} 1\n")]
    [InlineData("# TYPE a gauge\na 1\n")]
    [InlineData("# HELP a b\n# TYPE a counter\na 1\n")]
    [InlineData("# HELP a_total b\n# TYPE a_total counter\na_total -1\n")]
    [InlineData("# HELP a b\n# TYPE a gauge\nb 1\n")]
    [InlineData("# HELP a b\n# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n")]
    [InlineData("# HELP a b\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n")]
    [InlineData("# HELP a b\n# TYPE a histogram\na_bucket{le=\"+Inf\"} 2\na_sum 1\na_count 1\n")]
    [InlineData("# HELP a b\n# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_count 1\n")]
    public void The_parser_of_these_tests_finds_what_is_broken(string text) => Assert.ThrowsAny<FormatException>(() => ScrapeParser.Parse(text));
}
