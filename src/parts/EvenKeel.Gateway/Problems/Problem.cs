using EvenKeel.Http.Faults;

namespace EvenKeel.Gateway.Problems;

/// <summary>An answer that the gateway makes itself.</summary>
/// <param name="Code">Why.</param>
/// <param name="Fault">What exactly is wrong with the message, or none.</param>
internal readonly record struct Problem(ProblemCode Code, HttpFault Fault = HttpFault.None)
{
    /// <summary>Why in the words of TLS, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The seconds of Retry-After on 503 and 429.</summary>
    public int RetryAfter { get; init; } = 1;

    /// <summary>The requests that a rate limit allows in <see cref="Window"/>; 0 when it was no rate limit.</summary>
    public int Quota { get; init; }

    /// <summary>The seconds of <see cref="Quota"/>.</summary>
    public int Window { get; init; }

    /// <summary>The status of the answer.</summary>
    public int Status => Fault == HttpFault.None || Code == ProblemCode.ResponseInvalid ? ProblemCodes.StatusOf(Code) : HttpFaults.StatusOf(Fault);

    /// <summary>A request that was refused for a fault.</summary>
    public static Problem OfRequest(HttpFault fault) => new(ProblemCodes.Of(fault), fault);
}
