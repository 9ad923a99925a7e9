namespace EvenKeel.Configuration.Model;

/// <summary>Which requests go to which service, and how an endpoint is chosen for them.</summary>
public sealed record RouteOptions
{
    /// <summary>A prefix of whole path segments: <c>/api</c> matches <c>/api</c> and <c>/api/x</c>, not <c>/apis</c>. Default <c>/</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The name of the service.</summary>
    public required string Service { get; init; }

    /// <summary>How an endpoint is chosen. Default round robin.</summary>
    public BalancePolicy Balance { get; init; } = BalancePolicy.RoundRobin;

    /// <summary>The name of the cookie that keeps a client on its instance, or null for none.</summary>
    public string? AffinityCookie { get; init; }

    /// <summary>Further endpoints to try when one fails before its response began. 0 to 5. Default 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How often it may be asked, or null for any number.</summary>
    public RateLimitOptions? RateLimit { get; init; }
}
