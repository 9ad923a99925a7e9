namespace EvenKeel.Configuration.Model;

/// <summary>Which requests go to which service, and how an endpoint is chosen for them.</summary>
public sealed record RouteOptions
{
    /// <summary>The path in normal form, compared as <see cref="PathKind"/> says. Default <c>/</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>How the path is compared. Default: as a prefix of whole segments.</summary>
    public PathKind PathKind { get; init; }

    /// <summary>Hosts in lower case without port, <c>*.example.com</c> for all below <c>example.com</c>; empty for every host.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Conditions besides host and path.</summary>
    public MatchOptions Match { get; init; } = new();

    /// <summary>The name of the service; the first one of a split; empty when the gateway answers itself.</summary>
    public string Service { get; init; } = "";

    /// <summary>The services that share the requests, or null when one gets them all.</summary>
    public SplitOptions? Split { get; init; }

    /// <summary>Where clients are sent instead of to a service, or null.</summary>
    public RedirectOptions? Redirect { get; init; }

    /// <summary>What is answered instead of asking a service, or null.</summary>
    public RespondOptions? Respond { get; init; }

    /// <summary>How the target is changed for the service, or null.</summary>
    public RewriteOptions? Rewrite { get; init; }

    /// <summary>Changes of the request's header fields.</summary>
    public HeaderChangeOptions RequestHeaders { get; init; } = new();

    /// <summary>Changes of the response's header fields, of the gateway's own answers for this route too. Values are plain text.</summary>
    public HeaderChangeOptions ResponseHeaders { get; init; } = new();

    /// <summary>How an endpoint is chosen. Default the power of two choices.</summary>
    public BalancePolicy Balance { get; init; } = BalancePolicy.PowerOfTwo;

    /// <summary>What policies that hash look at.</summary>
    public HashOptions Hash { get; init; } = new();

    /// <summary>The name of the cookie that keeps a client on its instance, or null for none.</summary>
    public string? AffinityCookie { get; init; }

    /// <summary>The name of the header field that does so instead, in both directions, or null.</summary>
    public string? AffinityHeader { get; init; }

    /// <summary>True to refuse a client whose instance cannot serve it, false to give it another one. Default false.</summary>
    public bool AffinityRefuses { get; init; }

    /// <summary>Further endpoints to try when one fails before its response began. 0 to 5. Default 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How often it may be asked, or null for any number.</summary>
    public RateLimitOptions? RateLimit { get; init; }
}
