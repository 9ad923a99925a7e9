namespace EvenKeel.Telemetry.Exposition;

/// <summary>What the values of a metric mean.</summary>
public enum MetricKind
{
    /// <summary>A value that goes up and down.</summary>
    Gauge = 0,

    /// <summary>A value that only goes up, until the program starts anew. Its name ends in <c>_total</c>.</summary>
    Counter,

    /// <summary>Observations counted by bounds.</summary>
    Histogram,
}
