namespace EvenKeel.Gateway.Endpoints;

/// <summary>What a request says of the endpoint that it was sent to.</summary>
public enum EndpointOutcome
{
    /// <summary>A response came, with any status but 502, 503 and 504.</summary>
    Succeeded = 0,

    /// <summary>A transport error, a time-out, a malformed response, or a 502, 503 or 504 of the endpoint.</summary>
    Failed = 1,

    /// <summary>Nothing: the client hung up, or a reused connection turned out to be closed. Never counted.</summary>
    Neutral = 2,
}
