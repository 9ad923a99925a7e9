namespace EvenKeel.Configuration.Model;

/// <summary>How a route chooses an endpoint.</summary>
public enum BalancePolicy
{
    /// <summary>Each endpoint in turn.</summary>
    RoundRobin = 0,

    /// <summary>The endpoint with the fewest requests in flight; among equals, each in turn.</summary>
    LeastConnections = 1,
}
