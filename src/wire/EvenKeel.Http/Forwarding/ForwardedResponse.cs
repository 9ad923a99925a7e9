using EvenKeel.Http.Bodies;

namespace EvenKeel.Http.Forwarding;

/// <summary>What a forwarder changes in a response.</summary>
public readonly ref struct ForwardedResponse
{
    /// <summary>The value of X-EvenKeel-Instance, or empty to write none.</summary>
    public required ReadOnlySpan<byte> Instance { get; init; }

    /// <summary>Whole field lines to add, each ended by CR LF, or empty.</summary>
    public ReadOnlySpan<byte> ExtraFields { get; init; }

    /// <summary>Further field lines of that kind, or empty.</summary>
    public ReadOnlySpan<byte> MoreFields { get; init; }

    /// <summary>The fields that are left out, or null for none.</summary>
    public FieldNames? Dropped { get; init; }

    /// <summary>How the body travels on this hop.</summary>
    public required BodyFraming Framing { get; init; }

    /// <summary>True to say that the connection ends after this response.</summary>
    public bool Close { get; init; }

    /// <summary>True to say that it does not, which a client of HTTP/1.0 has to be told.</summary>
    public bool KeepAlive { get; init; }

    /// <summary>True to accept the protocol that the response's Upgrade fields name.</summary>
    public bool KeepUpgrade { get; init; }
}
