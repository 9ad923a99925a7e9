namespace EvenKeel.Proof.Runs;

/// <summary>What the host tells a proof besides the options of the file.</summary>
public sealed record ProofSetup
{
    /// <summary>The folder <c>.evenkeel</c>, or the one that stands for it; made when it is missing.</summary>
    public required string StateFolder { get; init; }

    /// <summary>The name of the cluster, for the fault journal <c>.evenkeel/run/&lt;name&gt;.faults.jsonl</c>.</summary>
    public required string ClusterName { get; init; }

    /// <summary>The configuration as resolved, secrets masked; becomes <c>config.resolved.yaml</c>.</summary>
    public required string ResolvedConfiguration { get; init; }

    /// <summary>A command line that runs the same proof again; becomes <c>repro.txt</c>.</summary>
    public required string ReproCommand { get; init; }

    /// <summary>What it ran on, one fact per line (versions, commit, machine); shown in the report.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];
}
