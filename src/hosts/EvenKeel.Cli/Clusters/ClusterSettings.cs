using EvenKeel.Fleet.Events;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Cli.Clusters;

/// <summary>What a start of a cluster adds to its file.</summary>
internal sealed record ClusterSettings
{
    /// <summary>The cluster's name, when another one than the file's.</summary>
    public required string Name { get; init; }

    /// <summary>The folder for the instances' logs.</summary>
    public required string LogsDirectory { get; init; }

    /// <summary>The folder for what servers of a kind keep; what is in it is found again by the next start with the same folder.</summary>
    public required string ServersDirectory { get; init; }

    /// <summary>Hears what a user should know of the start.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The logs of the parts.</summary>
    public required ILoggerFactory Logs { get; init; }

    /// <summary>How many times faster than real it runs: delays of replacement are divided by it.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>True to listen on any free port unless the file names one.</summary>
    public bool AnyGatewayPort { get; init; }

    /// <summary>Hears every event of the fleet, or null.</summary>
    public IFleetRecorder? Recorder { get; init; }
}
