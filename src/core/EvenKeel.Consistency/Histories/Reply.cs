namespace EvenKeel.Consistency.Histories;

/// <summary>What a client knows of one request when it is over.</summary>
public readonly record struct Reply
{
    /// <summary>The HTTP status, or 0 when no reply came.</summary>
    public int Status { get; init; }

    /// <summary>How the transport failed it, or <see cref="TransportFailure.None"/>.</summary>
    public TransportFailure Failure { get; init; }

    /// <summary>True when the gateway said that it forwarded the request to no instance.</summary>
    public bool NeverForwarded { get; init; }

    /// <summary>True when a 2xx reply could not be understood (no id where one was expected, not JSON).</summary>
    public bool Unreadable { get; init; }
}
