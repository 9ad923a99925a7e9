using EvenKeel.Transport.Loops;
using MeteringTimes.Databases;
using MeteringTimes.Processes;

namespace MeteringTimes.Rungs;

/// <summary>What all rungs share.</summary>
internal sealed record Bench
{
    public const string Postgres = "PostgreSQL";
    public const string Service = "service";
    public const string Balancer = "balancer";

    /// <summary>The first process of PostgreSQL.</summary>
    public required int PostgresId { get; init; }

    /// <summary>The database of the rungs without a service.</summary>
    public required BenchDatabase Direct { get; init; }

    /// <summary>The database of the service.</summary>
    public required BenchDatabase Served { get; init; }

    public required CpuClock Clock { get; init; }

    /// <summary>The loop of all HTTP connections.</summary>
    public required EventLoop Loop { get; init; }

    /// <summary>How long a load runs before it is measured.</summary>
    public required TimeSpan Warm { get; init; }

    /// <summary>How long it is measured.</summary>
    public required TimeSpan Length { get; init; }
}
