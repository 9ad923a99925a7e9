namespace EvenKeel.Configuration.Model;

/// <summary>How a route chooses an endpoint.</summary>
public enum BalancePolicy
{
    /// <summary>Each endpoint in turn.</summary>
    RoundRobin = 0,

    /// <summary>The endpoint with the fewest requests in flight for its weight; among equals, each in turn.</summary>
    LeastConnections = 1,

    /// <summary>Each endpoint in turn, as often as its weight says.</summary>
    Weighted = 2,

    /// <summary>Of two endpoints drawn at random the one with fewer requests in flight for its weight.</summary>
    PowerOfTwo = 3,

    /// <summary>Of two endpoints drawn at random the one that is expected to answer sooner.</summary>
    LeastTime = 4,

    /// <summary>Any endpoint, each with the same chance.</summary>
    Random = 5,

    /// <summary>The endpoint that the client's address draws: the same as <see cref="Rendezvous"/> by client.</summary>
    SourceHash = 6,

    /// <summary>The endpoint that has the key on a consistent hash ring.</summary>
    Ring = 7,

    /// <summary>The endpoint with the highest score for the key.</summary>
    Rendezvous = 8,

    /// <summary>The endpoint that has the key in a Maglev table.</summary>
    Maglev = 9,

    /// <summary>Of the endpoints in the client's nearest region, as <see cref="PowerOfTwo"/>.</summary>
    Nearest = 10,
}
