namespace EvenKeel.Configuration.Model;

/// <summary>One whole <c>evenkeel.yaml</c>, validated: a cluster of services behind a gateway, and how to prove it.</summary>
public sealed record ClusterOptions
{
    /// <summary>The cluster's name: letters, digits and dashes, 1 to 40 characters. Default: the name of the file's folder.</summary>
    public required string Name { get; init; }

    /// <summary>The absolute path of the folder that holds the file; relative paths in the file start here.</summary>
    public required string Directory { get; init; }

    /// <summary>The absolute path of the file itself.</summary>
    public required string File { get; init; }

    /// <summary>The services, in the order of the file; at least one.</summary>
    public required IReadOnlyList<ServiceOptions> Services { get; init; }

    /// <summary>The gateway. Always present: without a <c>gateway</c> section it has its defaults.</summary>
    public required GatewayOptions Gateway { get; init; }

    /// <summary>The shared state, or null when the file has no <c>state</c> section and no state node is wanted.</summary>
    public StateOptions? State { get; init; }

    /// <summary>Servers that must answer before anything is started.</summary>
    public IReadOnlyList<NeedOptions> Needs { get; init; } = [];

    /// <summary>The load of <c>evenkeel load FILE</c>, or null.</summary>
    public LoadOptions? Load { get; init; }

    /// <summary>The proof of <c>evenkeel prove FILE</c>, or null.</summary>
    public ProveOptions? Prove { get; init; }
}
