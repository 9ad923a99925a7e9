namespace EvenKeel.Configuration.Model;

/// <summary>The circuit breaker of a service: while most of its requests fail, new ones are refused at once.</summary>
public sealed record BreakerOptions
{
    /// <summary>Failed requests in percent of those of <see cref="Window"/> that open it. 0 switches it off. Default 50.</summary>
    public int Ratio { get; init; } = 50;

    /// <summary>Requests that the window must have before the ratio counts. Default 20.</summary>
    public int Volume { get; init; } = 20;

    /// <summary>The window of the ratio. Default 10 s.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it stays open until probes may pass. Default 5 s.</summary>
    public TimeSpan Open { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Probes that must all succeed to close it, and the most at a time. Default 3.</summary>
    public int Probes { get; init; } = 3;
}
