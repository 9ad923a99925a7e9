namespace EvenKeel.Control.Health;

/// <summary>What active checks say of an endpoint.</summary>
public enum HealthStatus
{
    /// <summary>No check has succeeded yet: it is not admitted to traffic.</summary>
    Starting = 0,

    /// <summary>It can serve.</summary>
    Healthy = 1,

    /// <summary>It was healthy once and fails its checks.</summary>
    Unhealthy = 2,
}
