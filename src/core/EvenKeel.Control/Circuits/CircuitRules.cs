namespace EvenKeel.Control.Circuits;

/// <summary>When a circuit opens and how it closes.</summary>
public sealed record CircuitRules
{
    /// <summary>Failures in percent of the requests of the window that open it; 1 to 100.</summary>
    public required int Ratio { get; init; }

    /// <summary>Requests that the window must have before the ratio counts; at least 1.</summary>
    public required int Volume { get; init; }

    /// <summary>The window of the ratio.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>How long it stays open.</summary>
    public required TimeSpan Open { get; init; }

    /// <summary>Successes in a row that close it again, and the most probes at a time; at least 1.</summary>
    public required int Probes { get; init; }
}
