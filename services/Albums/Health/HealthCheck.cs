namespace Albums.Health;

/// <summary>One thing that was looked at; the detail says what is wrong.</summary>
internal sealed record HealthCheck(string Name, string Status, string? Detail = null);
