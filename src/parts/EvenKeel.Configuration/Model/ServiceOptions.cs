namespace EvenKeel.Configuration.Model;

/// <summary>A named group of identical instances of one command.</summary>
public sealed record ServiceOptions
{
    /// <summary>The service's name; its instances are called <c>name-1</c> to <c>name-n</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The program and its arguments. A string in the file is split at spaces with shell quoting, but runs in no shell. <c>{port}</c> in an
    /// argument stands for the instance's port.
    /// </summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The absolute working directory of the instances. Default: the file's folder.</summary>
    public required string Directory { get; init; }

    /// <summary>Variables added to the environment of each instance.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>How many instances to run: 1 to 100. Default 1.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>The ports of the instances in order, or empty for free ports chosen by the fleet.</summary>
    public IReadOnlyList<int> Ports { get; init; } = [];

    /// <summary>How it is found out that an instance can serve.</summary>
    public HealthOptions Health { get; init; } = new();

    /// <summary>What happens after an instance ended by itself.</summary>
    public RestartOptions Restart { get; init; } = new();

    /// <summary>How an instance is stopped.</summary>
    public DrainOptions Drain { get; init; } = new();
}
