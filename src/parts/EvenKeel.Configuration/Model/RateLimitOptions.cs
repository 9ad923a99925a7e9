namespace EvenKeel.Configuration.Model;

/// <summary>How often a route may be asked; beyond: 429.</summary>
public sealed record RateLimitOptions
{
    /// <summary>Requests for each second in the long run.</summary>
    public required double Rate { get; init; }

    /// <summary>Requests at once after a pause. Default: one second of <see cref="Rate"/>, at least 1.</summary>
    public required int Burst { get; init; }

    /// <summary>Who shares the limit. Default: each client's address has its own.</summary>
    public RateLimitKey By { get; init; }

    /// <summary>The field of <see cref="RateLimitKey.Header"/>, or null. Requests without it share one limit.</summary>
    public string? Header { get; init; }

    /// <summary>The most clients or values that are remembered: the one that was seen longest ago is forgotten. Default 10000.</summary>
    public int Keys { get; init; } = 10_000;
}
