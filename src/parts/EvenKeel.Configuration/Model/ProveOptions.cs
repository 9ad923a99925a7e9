namespace EvenKeel.Configuration.Model;

/// <summary>A proof: a workload, the faults that it meets, and what must hold afterwards.</summary>
public sealed record ProveOptions
{
    /// <summary>Seed of every random choice. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Operations per second: of a workload half of them adding and half reading. Default 40.</summary>
    public double Rate { get; init; } = 40;

    /// <summary>Length of the control phase: the same load without faults, which must hold before anything is attacked. Default 3 s.</summary>
    public TimeSpan Control { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Length of the load with faults. Default 10 s.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the healed cluster may take until every instance is ready again. Default 30 s.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the instances may take to agree after that. Default 5 s.</summary>
    public TimeSpan Converge { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time after which an operation's outcome is unknown. Default 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many times faster than real everything runs: delays, fault times and the duration are divided by it. Default 1.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>The service that is attacked and asked directly. Default: the service of the first route.</summary>
    public string? Service { get; init; }

    /// <summary>Whether the file's load is sent, in place of a workload. Default: it is not.</summary>
    public ProveLoad Load { get; init; }

    /// <summary>The requests of that load; empty without one.</summary>
    public IReadOnlyList<RequestOptions> Requests { get; init; } = [];

    /// <summary>What is added and read, or null when nothing is.</summary>
    public WorkloadOptions? Workload { get; init; }

    /// <summary>The request that measures availability.</summary>
    public ProbeOptions? Probe { get; init; }

    /// <summary>The faults of the one scenario of a file that lists none.</summary>
    public IReadOnlyList<FaultOptions> Faults { get; init; } = [];

    /// <summary>Several scenarios, run one after the other on a fresh cluster each; empty when <see cref="Faults"/> says it all.</summary>
    public IReadOnlyList<ScenarioOptions> Scenarios { get; init; } = [];

    /// <summary>True to find out for how many simultaneous kills the service survives: 1, 2, ... all, each measured.</summary>
    public bool SimultaneousKills { get; init; }

    /// <summary>What must hold.</summary>
    public CheckOptions Checks { get; init; } = new();
}
