using EvenKeel.Fleet.Processes;

namespace EvenKeel.Fleet.Servers;

/// <summary>Where servers are set up, and with what.</summary>
public sealed record ServerSite
{
    /// <summary>The folder below which each server has one of its name. Data in it survives the cluster.</summary>
    public required string Directory { get; init; }

    /// <summary>Reserves a port that stays with the server.</summary>
    public required Func<int> PromisePort { get; init; }

    /// <summary>Starts the programs that make a data directory.</summary>
    public required IProcessSpawner Spawner { get; init; }

    /// <summary>The environment of those programs; <c>PATH</c> in it tells where programs are.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Hears what a user should know, such as a folder elsewhere than expected.</summary>
    public Action<string> Tell { get; init; } = _ => { };
}
