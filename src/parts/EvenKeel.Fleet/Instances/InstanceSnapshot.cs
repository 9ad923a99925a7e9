using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.Instances;

/// <summary>What was known of one instance at one moment.</summary>
public sealed record InstanceSnapshot
{
    /// <summary>The service's name.</summary>
    public required string Service { get; init; }

    /// <summary>The instance's name, such as <c>web-2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its number in the service, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>Which life it is in, from 1; 0 before the first start.</summary>
    public required int Generation { get; init; }

    /// <summary>Its state.</summary>
    public required InstanceState State { get; init; }

    /// <summary>When it came into this state.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>True while it may get requests.</summary>
    public required bool Admitted { get; init; }

    /// <summary>The id of its process, or null when none runs.</summary>
    public int? Pid { get; init; }

    /// <summary>Its port, or null before it has one.</summary>
    public int? Port { get; init; }

    /// <summary>Its address.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>How often it was started again.</summary>
    public int Restarts { get; init; }

    /// <summary>How its last process ended, or null when none did.</summary>
    public ProcessExit? LastExit { get; init; }

    /// <summary>Why it is not ready, not started or waiting, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>Name and life: <c>web-2#3</c>.</summary>
    public string Label => $"{Name}#{Generation}";
}
