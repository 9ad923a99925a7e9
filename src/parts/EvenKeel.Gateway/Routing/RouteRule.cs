using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Routing.Conditions;
using EvenKeel.Gateway.Routing.Rewrites;
using EvenKeel.Gateway.Routing.Splits;

namespace EvenKeel.Gateway.Routing;

/// <summary>One of the routes that were asked for, ready for use: what it matches, and what becomes of a request that it matches.</summary>
internal sealed class RouteRule
{
    private readonly RouteCondition[] _conditions;
    private readonly BodyCondition[] _bodyConditions;
    private readonly RouteSplit? _split;
    private readonly Route[] _routes;

    /// <summary>Compiles a route.</summary>
    /// <param name="position">Its position among all.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="wayTo">Makes the way to a service.</param>
    public RouteRule(int position, RouteOptions options, Func<RouteOptions, Route> wayTo)
    {
        Position = position;
        Options = options;
        AccessNames = AccessLogs.AccessNames.OfRoute(options.Path, service: null);
        Path = new RoutePathMatcher(options.Path, options.PathKind);
        var match = options.Match;
        _conditions =
        [
            .. match.Methods.Count > 0 ? [new MethodCondition(match.Methods)] : Array.Empty<RouteCondition>(),
            .. match.Clients.Count > 0 ? [new ClientCondition(match.Clients)] : Array.Empty<RouteCondition>(),
            .. match.Headers.Select(one => new HeaderCondition(one)),
            .. match.Query.Select(one => new QueryCondition(one)),
            .. match.Cookies.Select(one => new CookieCondition(one)),
        ];
        _bodyConditions = [.. match.Body.Select(one => new BodyCondition(one))];
        Reply = RouteReply.Compile(options, Path);
        Rewrite = RouteRewrite.Compile(options.Rewrite, Path);
        RequestChanges = HeaderChanges.Compile(options.RequestHeaders, Path);
        ResponseChanges = HeaderChanges.Compile(options.ResponseHeaders, Path);
        _split = options.Split is { } split ? new RouteSplit(split) : null;
        _routes = Reply is not null ? []
            : options.Split is null ? [wayTo(options)]
            : [.. options.Split.Targets.Select(target => wayTo(options with { Service = target.Service }))];
    }

    /// <summary>How the access log names it while there is no way to a service.</summary>
    public byte[] AccessNames { get; }

    /// <summary>Its position among all.</summary>
    public int Position { get; }

    /// <summary>What was asked for.</summary>
    public RouteOptions Options { get; }

    /// <summary>The paths that it matches.</summary>
    public RoutePathMatcher Path { get; }

    /// <summary>The answer that it gives itself, or null.</summary>
    public RouteReply? Reply { get; }

    /// <summary>How the target is changed, or null.</summary>
    public RouteRewrite? Rewrite { get; }

    /// <summary>How the request's fields are changed, or null.</summary>
    public HeaderChanges? RequestChanges { get; }

    /// <summary>How the response's fields are changed, or null.</summary>
    public HeaderChanges? ResponseChanges { get; }

    /// <summary>The services that its requests may go to.</summary>
    public IEnumerable<string> Services => _routes.Select(route => route.Options.Service);

    /// <summary>True when the conditions besides host and path hold, or may hold once the body is here.</summary>
    public bool Holds(in RouteRequest request, out bool awaitsBody)
    {
        awaitsBody = false;
        foreach (var condition in _conditions)
        {
            if (!condition.Holds(in request))
            {
                return false;
            }
        }

        if (_bodyConditions.Length == 0)
        {
            return true;
        }

        awaitsBody = request.BodyState == BodyState.Awaited;
        if (awaitsBody)
        {
            return true;
        }

        foreach (var condition in _bodyConditions)
        {
            if (!condition.Holds(in request))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The way to the service that gets a request; null when there is none.</summary>
    public Route? Choose(in RouteRequest request) => _routes.Length == 0 ? null : _routes[_split?.Choose(in request) ?? 0];
}
