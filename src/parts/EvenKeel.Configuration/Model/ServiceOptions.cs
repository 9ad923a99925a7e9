using System.Collections.ObjectModel;
using System.Net;

namespace EvenKeel.Configuration.Model;

/// <summary>A named group of identical instances: of one command, or servers that run elsewhere and are known by their addresses.</summary>
public sealed record ServiceOptions
{
    /// <summary>The service's name; its instances are called <c>name-1</c> to <c>name-n</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The program and its arguments. A string in the file is split at spaces with shell quoting, but runs in no shell. <c>{port}</c> in an
    /// argument stands for the instance's port. Empty for a service of addresses or of a kind.
    /// </summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Where the servers of a service without a command listen, in the order of the file; empty for a service with a command.</summary>
    public IReadOnlyList<IPEndPoint> Addresses { get; init; } = [];

    /// <summary>What makes it a server that the fleet sets up, or null for a service with a command or addresses.</summary>
    public ServerOptions? Server { get; init; }

    /// <summary>Services that must be ready before its instances are started, and that are stopped after it.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>True when its servers run elsewhere: they are balanced and checked, and neither started nor stopped.</summary>
    public bool IsExternal => Addresses.Count > 0;

    /// <summary>The absolute working directory of the instances. Default: the file's folder.</summary>
    public required string Directory { get; init; }

    /// <summary>Variables added to the environment of each instance; their values may hold references, see
    /// <see cref="Values.ServiceReference"/>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How many instances to run, or the number of addresses: 1 to 100. Default 1.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>The ports of the instances in order, or empty for free ports chosen by the fleet.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>The weights of instances by name, 1 to 1000, for policies that know weights; 1 for those that are not there.</summary>
    public IReadOnlyDictionary<string, int> Weights { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>How it is found out that an instance can serve.</summary>
    public HealthOptions Health { get; init; } = new();

    /// <summary>What happens after an instance ended by itself.</summary>
    public RestartOptions Restart { get; init; } = new();

    /// <summary>How an instance is stopped.</summary>
    public DrainOptions Drain { get; init; } = new();
}
