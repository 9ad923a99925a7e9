namespace EvenKeel.Consistency.Histories;

/// <summary>
/// One operation of a history: what was asked, when, and what came back. All times are counted on one monotonic clock from the start of
/// the run. The interval from <see cref="Sent"/> to <see cref="End"/> is closed: operations that touch in one instant are concurrent.
/// </summary>
public sealed record Operation
{
    /// <summary>Its number, unique in the history, ascending in the order of recording.</summary>
    public required int Index { get; init; }

    /// <summary>The session that sent it. A session sends one operation at a time, and ends with its first unknown outcome.</summary>
    public required string Session { get; init; }

    /// <summary>What was asked.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>The part of the proof in which it was sent.</summary>
    public OperationPhase Phase { get; init; } = OperationPhase.Faults;

    /// <summary>
    /// The element's id: for an add the id that the reply gave or the request chose, null while no reply told it; for a get or a remove the
    /// id asked for.
    /// </summary>
    public string? ElementId { get; init; }

    /// <summary>
    /// The element's value: for an add what was sent, unique in the run; for a get the value of the element that is looked for. For a request
    /// of a load what the file calls it. Null when unused.
    /// </summary>
    public string? Value { get; init; }

    /// <summary>When the plan wanted it sent. Response time and downtime count from here.</summary>
    public required TimeSpan Intended { get; init; }

    /// <summary>When its first byte could have reached the service. Not before <see cref="Intended"/>.</summary>
    public required TimeSpan Sent { get; init; }

    /// <summary>When its outcome became known to the client (reply read, time-out, reset). Not before <see cref="Sent"/>.</summary>
    public required TimeSpan End { get; init; }

    /// <summary>What is known about its effect.</summary>
    public required OperationOutcome Outcome { get; init; }

    /// <summary>The <see cref="Reason"/> of an operation that its sender gave up, as when a run is interrupted: it says nothing about the service.</summary>
    public const string GivenUp = "cancelled";

    /// <summary>Why it is not ok, such as <c>timeout</c>, <c>reset</c>, <c>refused</c> or <c>http503</c>; null when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>The HTTP status, or 0 when no reply came.</summary>
    public int Status { get; init; }

    /// <summary>The instance that answered (<c>web-2</c>), or null when nothing told it.</summary>
    public string? Instance { get; init; }

    /// <summary>True when the instance was asked at its own address, past the gateway.</summary>
    public bool Direct { get; init; }

    /// <summary>How many times the client had sent the same request before. 0 for the first time.</summary>
    public int Attempt { get; init; }

    /// <summary>What an ok read showed: all elements for a list; the one element, or none, for a get. Null for everything else.</summary>
    public ElementSet? Elements { get; init; }

    /// <summary>True for a list or a get.</summary>
    public bool IsRead => Kind is OperationKind.List or OperationKind.Get;
}
