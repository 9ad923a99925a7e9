namespace EvenKeel.Configuration.Model;

/// <summary>A server that the fleet knows how to set up, start, check and stop.</summary>
public enum ServerKind
{
    /// <summary>PostgreSQL, with a data directory that survives.</summary>
    Postgres = 0,

    /// <summary>Redis, with an append-only file that survives.</summary>
    Redis = 1,

    /// <summary>nginx as a load balancer in front of the instances of other services.</summary>
    Nginx = 2,

    /// <summary>Prometheus, which scrapes the instances of other services.</summary>
    Prometheus = 3,
}
