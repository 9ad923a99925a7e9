namespace EvenKeel.Gateway.Endpoints;

/// <summary>What a request says of the endpoint that it was sent to.</summary>
public enum EndpointOutcome
{
    /// <summary>A response came, with any status below 500.</summary>
    Succeeded = 0,

    /// <summary>A transport error, a time-out, a malformed response, or a status that is configured as a failure, such as 503.</summary>
    Failed = 1,

    /// <summary>Nothing: the client hung up, or a reused connection turned out to be closed. Never counted.</summary>
    Neutral = 2,

    /// <summary>Another status from 500 on. It may be the doing of one request, and counts only when it is a large share of the responses.</summary>
    Erred = 3,
}
