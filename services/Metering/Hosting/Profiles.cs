namespace Metering.Hosting;

/// <summary>How failures of the database are met; names may be combined.</summary>
[Flags]
internal enum Profiles
{
    /// <summary>Production: three attempts, a limit of time for each, and a circuit breaker that opens when half of them fail.</summary>
    None = 0,

    /// <summary><c>k6</c>: one attempt, no limit of time, no breaker, so that a load test measures the service alone.</summary>
    K6 = 1,

    /// <summary><c>k6-spike</c>: a breaker that opens when nine in ten fail.</summary>
    K6Spike = 2,
}
