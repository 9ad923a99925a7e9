using System.Net;

namespace EvenKeel.Gateway.Tcp;

/// <summary>One relayed connection that is over, as an observer is told of it. Times are timestamps of the gateway's clock.</summary>
public readonly record struct TcpRecord
{
    /// <summary>How it ended.</summary>
    public required TcpOutcome Outcome { get; init; }

    /// <summary>The client, as the PROXY header says when there was one.</summary>
    public required IPEndPoint Client { get; init; }

    /// <summary>The service, or null when none was found.</summary>
    public required string? Service { get; init; }

    /// <summary>The endpoint that was tried last, or null.</summary>
    public required string? Endpoint { get; init; }

    /// <summary>Endpoints that were tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>Bytes that the client sent and the gateway passed on.</summary>
    public required long ClientBytes { get; init; }

    /// <summary>Bytes that the endpoint sent and the gateway passed on.</summary>
    public required long EndpointBytes { get; init; }

    /// <summary>When it was accepted.</summary>
    public required long Started { get; init; }

    /// <summary>When it was over.</summary>
    public required long Ended { get; init; }
}
