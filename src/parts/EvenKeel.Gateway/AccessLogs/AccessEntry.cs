namespace EvenKeel.Gateway.AccessLogs;

/// <summary>A slot of the ring: one line, not yet written.</summary>
internal sealed class AccessEntry
{
    /// <summary>The request.</summary>
    public AccessRequest Request { get; } = new();

    /// <summary>What became of it.</summary>
    public AccessOutcome Outcome { get; set; }
}
