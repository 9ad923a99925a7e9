namespace EvenKeel.Gateway.Routing.Conditions;

/// <summary>Something that a route asks of a request besides host and path.</summary>
internal abstract class RouteCondition
{
    /// <summary>True when the request meets it.</summary>
    public abstract bool Holds(in RouteRequest request);
}
