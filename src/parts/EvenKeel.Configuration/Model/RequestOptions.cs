namespace EvenKeel.Configuration.Model;

/// <summary>An HTTP request as a template: <c>{id}</c>, <c>{value}</c>, <c>{n}</c> and <c>{seed}</c> are replaced each time it is sent.</summary>
public sealed record RequestOptions
{
    /// <summary>The method, in capitals.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query, starting with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>Header fields to add.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body, or null for none. Sent as application/json unless <see cref="Headers"/> say otherwise.</summary>
    public string? Body { get; init; }
}
