namespace EvenKeel.Configuration.Model;

/// <summary>Who shares one rate limit.</summary>
public enum RateLimitKey
{
    /// <summary>All requests from one address.</summary>
    Client = 0,

    /// <summary>All requests with one value of a header field.</summary>
    Header = 1,

    /// <summary>All requests of the route.</summary>
    Route = 2,
}
