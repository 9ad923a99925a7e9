namespace EvenKeel.Configuration.Model;

/// <summary>A server that is not ours and must answer before the cluster is started.</summary>
public sealed record NeedOptions
{
    /// <summary>What it is called in messages, such as <c>PostgreSQL</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is: <c>postgres://user@host:port/database</c>, <c>redis://host:port</c> or <c>tcp://host:port</c>.</summary>
    public required Uri Address { get; init; }
}
