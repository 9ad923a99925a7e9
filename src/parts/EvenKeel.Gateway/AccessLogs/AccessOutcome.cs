using EvenKeel.Gateway.Problems;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>What became of an exchange. Times are timestamps of the gateway's clock; 0 for a stage that was not reached.</summary>
internal readonly record struct AccessOutcome
{
    /// <summary>The status that the client was sent; 0 when none was.</summary>
    public required int Status { get; init; }

    /// <summary>How it ended.</summary>
    public required Termination Termination { get; init; }

    /// <summary>Why the gateway itself answered, when it did.</summary>
    public ProblemCode Problem { get; init; }

    /// <summary>The path of the route, or null.</summary>
    public string? Route { get; init; }

    /// <summary>The service, or null.</summary>
    public string? Service { get; init; }

    /// <summary>The endpoint that was tried last, or null.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Endpoints that were tried.</summary>
    public int Attempts { get; init; }

    /// <summary>Bytes of the request's content.</summary>
    public long RequestBytes { get; init; }

    /// <summary>Bytes of the response's content.</summary>
    public long ResponseBytes { get; init; }

    /// <summary>When the request's head was complete.</summary>
    public required long Started { get; init; }

    /// <summary>When the endpoint was chosen that was tried last.</summary>
    public long Attempted { get; init; }

    /// <summary>When its connection was there.</summary>
    public long Connected { get; init; }

    /// <summary>When the first byte of its response arrived.</summary>
    public long FirstByte { get; init; }

    /// <summary>When the exchange ended.</summary>
    public required long Ended { get; init; }

    /// <summary>The trace, or 0.</summary>
    public UInt128 TraceId { get; init; }

    /// <summary>The operation that this exchange is in the trace.</summary>
    public ulong SpanId { get; init; }
}
