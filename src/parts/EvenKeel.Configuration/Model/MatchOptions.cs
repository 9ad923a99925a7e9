using System.Net;

namespace EvenKeel.Configuration.Model;

/// <summary>Conditions of a route besides host and path. All that are given have to hold; an empty list is no condition.</summary>
public sealed record MatchOptions
{
    /// <summary>The methods that match, in capitals; a GET does not include HEAD.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Conditions on header fields. A field that is given several times matches when one of its lines does.</summary>
    public IReadOnlyList<NamedMatch> Headers { get; init; } = [];

    /// <summary>Conditions on query parameters, compared after percent-decoding.</summary>
    public IReadOnlyList<NamedMatch> Query { get; init; } = [];

    /// <summary>Conditions on cookies.</summary>
    public IReadOnlyList<NamedMatch> Cookies { get; init; } = [];

    /// <summary>The networks of clients, of which one has to hold the client's address.</summary>
    public IReadOnlyList<IPNetwork> Clients { get; init; } = [];

    /// <summary>Conditions on the body. A request whose body is larger than <see cref="GatewayLimitOptions.Inspect"/> never meets them.</summary>
    public IReadOnlyList<BodyMatch> Body { get; init; } = [];

    /// <summary>True when nothing is asked for.</summary>
    public bool IsEmpty => Methods.Count + Headers.Count + Query.Count + Cookies.Count + Clients.Count + Body.Count == 0;
}
