using EvenKeel.Consistency.Histories;

namespace EvenKeel.Proof.Workload;

/// <summary>An operation that has ended.</summary>
/// <param name="Operation">The operation, without its index and elements, which the recorder adds.</param>
/// <param name="Shown">What an ok read showed, or null.</param>
/// <param name="Problem">Why a reply with a good status could not be understood; empty when it could.</param>
internal sealed record WorkloadReply(Operation Operation, IReadOnlyList<Element>? Shown, string Problem);
