using EvenKeel.Gateway.Problems;
using EvenKeel.Http.Heads;

namespace EvenKeel.Gateway.Exchanges;

/// <summary>One finished exchange, as an observer is told of it. All times are timestamps of the gateway's clock, read once per turn of the loop.</summary>
public readonly record struct ExchangeRecord
{
    /// <summary>The service, or null when no route matched or the request was refused.</summary>
    public required string? Service { get; init; }

    /// <summary>The endpoint that was tried last, or null.</summary>
    public required string? Endpoint { get; init; }

    /// <summary>The method.</summary>
    public required KnownMethod Method { get; init; }

    /// <summary>The status that the client was sent; 0 when none was.</summary>
    public required int Status { get; init; }

    /// <summary>Why the gateway itself answered, or null when the response was an instance's.</summary>
    public required ProblemCode? Problem { get; init; }

    /// <summary>Endpoints that were tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>False when the response broke off, or the client left.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Bytes of the request's content.</summary>
    public required long RequestBytes { get; init; }

    /// <summary>Bytes of the response's content.</summary>
    public required long ResponseBytes { get; init; }

    /// <summary>When the request's head was complete.</summary>
    public required long Started { get; init; }

    /// <summary>When the response's first byte arrived; 0 when none did.</summary>
    public required long FirstByte { get; init; }

    /// <summary>When the exchange ended.</summary>
    public required long Ended { get; init; }
}
