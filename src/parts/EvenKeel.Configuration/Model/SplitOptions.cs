namespace EvenKeel.Configuration.Model;

/// <summary>Several services that share a route's requests by weight.</summary>
public sealed record SplitOptions
{
    /// <summary>The services in the order of the file, with at least one weight above 0.</summary>
    public required IReadOnlyList<SplitTarget> Targets { get; init; }

    /// <summary>What decides. Default: each request anew.</summary>
    public SplitBy By { get; init; } = SplitBy.Request;

    /// <summary>The name of the header field or cookie that decides; a request without it is decided anew. Empty for the other ways.</summary>
    public string Name { get; init; } = "";
}
