namespace EvenKeel.Hosting.Metrics;

/// <summary>What the values of a metric mean.</summary>
internal enum MetricKind
{
    /// <summary>It goes up and down.</summary>
    Gauge = 0,

    /// <summary>It only goes up while the program runs.</summary>
    Counter = 1,

    /// <summary>Observations counted by bounds.</summary>
    Histogram = 2,
}
