namespace EvenKeel.Configuration.Model;

/// <summary>How a request's target is changed before it goes to the service.</summary>
public sealed record RewriteOptions
{
    /// <summary>What stands in place of a prefix route's path: <c>/</c> takes it away. Null to leave it.</summary>
    public string? Prefix { get; init; }

    /// <summary>The whole new path with placeholders, or null. The query is kept unless there is a question mark in it.</summary>
    public string? Path { get; init; }

    /// <summary>The new Host, with placeholders, or null.</summary>
    public string? Host { get; init; }
}
