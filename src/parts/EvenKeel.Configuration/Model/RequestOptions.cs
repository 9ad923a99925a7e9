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

    /// <summary>In a load: a name by which other requests repeat it.</summary>
    public string? Name { get; init; }

    /// <summary>In a load: how often it is drawn, compared with the others; null is 1 when another has a share.</summary>
    public double? Share { get; init; }

    /// <summary>In a load: the name of the request with whose earlier values this one is filled, or null.</summary>
    public string? Repeats { get; init; }

    /// <summary>In a load: what the reply must be, or null for a status from 200 to 399.</summary>
    public ExpectOptions? Expect { get; init; }
}
