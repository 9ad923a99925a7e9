namespace EvenKeel.Gateway.Routing;

/// <summary>The routes in their order.</summary>
internal sealed class RouteTable(IReadOnlyList<Route> routes)
{
    private readonly Route[] _routes = [.. routes];

    /// <summary>The first route that matches, or null.</summary>
    public Route? Find(ReadOnlySpan<byte> path)
    {
        foreach (var route in _routes)
        {
            if (route.Matches(path))
            {
                return route;
            }
        }

        return null;
    }
}
