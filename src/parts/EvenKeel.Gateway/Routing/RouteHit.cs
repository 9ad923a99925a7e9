namespace EvenKeel.Gateway.Routing;

/// <summary>The best route so far while several parts of an index are asked.</summary>
internal ref struct RouteHit
{
    /// <summary>The route with the lowest position among those that were found, or null.</summary>
    public RouteRule? Rule { get; private set; }

    /// <summary>True when its conditions on the body cannot be judged yet.</summary>
    public bool AwaitsBody { get; private set; }

    /// <summary>Takes the first of some routes, in their order, that matches and comes before what was found so far.</summary>
    public void Take(RouteRule[] rules, in RouteRequest request)
    {
        foreach (var rule in rules)
        {
            if (Rule is not null && rule.Position > Rule.Position)
            {
                return;
            }

            if (rule.Path.Matches(request.Path) && rule.Holds(in request, out var awaitsBody))
            {
                Rule = rule;
                AwaitsBody = awaitsBody;
                return;
            }
        }
    }
}
