namespace Albums.Health;

/// <summary>What /livez and /readyz answer: <c>ok</c> or <c>unavailable</c>, and what was looked at.</summary>
internal sealed record HealthReport(string Status, IReadOnlyList<HealthCheck> Checks);
