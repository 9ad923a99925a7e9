namespace EvenKeel.Configuration.Model;

/// <summary>The shared state that instances find in <c>ConnectionStrings__EvenKeel</c>.</summary>
public sealed record StateOptions
{
    /// <summary>The server as <c>host:port</c> or <c>redis://host:port</c>, or null for a state node started with the cluster.</summary>
    public string? Connection { get; init; }

    /// <summary>The port of the embedded state node, or null for a free one.</summary>
    public int? Port { get; init; }
}
