namespace EvenKeel.Gateway.Endpoints;

/// <summary>How a request at an endpoint ended.</summary>
public enum EndpointOutcome
{
    /// <summary>Well.</summary>
    Succeeded = 0,

    /// <summary>The endpoint failed.</summary>
    Failed = 1,

    /// <summary>Not the endpoint's doing.</summary>
    Neutral = 2,
}
