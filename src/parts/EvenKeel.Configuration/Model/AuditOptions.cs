namespace EvenKeel.Configuration.Model;

/// <summary>A program that compares what was acknowledged with what the service has. It is run when the load is over, while the cluster is up.</summary>
public sealed record AuditOptions
{
    /// <summary>The program and its arguments. It runs in no shell, in the file's folder.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The absolute path of the folder that it runs in: that of the file.</summary>
    public required string Directory { get; init; }

    /// <summary>Variables that it gets besides those of this program and those that say where ledger and cluster are.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Time after which it is ended, and has said nothing. Default 2 min.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);
}
