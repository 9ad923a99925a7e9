using EvenKeel.Consistency.Histories;

namespace EvenKeel.Proof.Workload;

/// <summary>Who asks for what, before it is sent.</summary>
/// <param name="Session">The session.</param>
/// <param name="Phase">The part of the proof.</param>
/// <param name="Intended">When the plan wanted it sent, from the start of the scenario.</param>
internal sealed record WorkloadCall(string Session, OperationPhase Phase, TimeSpan Intended)
{
    /// <summary>What is asked.</summary>
    public OperationKind Kind { get; init; }

    /// <summary>The element's id, for a get or a remove.</summary>
    public string? Id { get; init; }

    /// <summary>The element's value, when elements have one.</summary>
    public string? Value { get; init; }

    /// <summary>The instance that is asked at its own address, or null for the gateway.</summary>
    public string? Direct { get; init; }
}
