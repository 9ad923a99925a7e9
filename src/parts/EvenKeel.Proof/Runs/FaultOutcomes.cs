using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Faults;

namespace EvenKeel.Proof.Runs;

/// <summary>Completes the records of faults by what was only known afterwards: when the targets were ready again, and what was under way meanwhile.</summary>
internal static class FaultOutcomes
{
    public static IReadOnlyList<FaultRecord> Complete(IReadOnlyList<FaultRecord> faults, InstanceWatch watch, History history) =>
        [.. faults.Select(fault => Complete(fault, watch, history))];

    private static FaultRecord Complete(FaultRecord fault, InstanceWatch watch, History history)
    {
        TimeSpan? recovered = fault switch
        {
            { Confirmed: false } => null,
            { Plan.Kind: FaultKind.Kill } => watch.ReadyAfter(fault.Plan.Targets, fault.InjectedAt),

            // A pause shorter than the health checks need to notice changes no state: then it is over when it is lifted.
            { UndoneAt: { } undone } => watch.ReadyAfter(fault.Plan.Targets, undone) ?? undone,
            _ => null,
        };
        var end = recovered ?? fault.UndoneAt ?? TimeSpan.MaxValue;
        var during = history.Operations.Count(operation =>
            operation.Phase != OperationPhase.CleanUp && operation.Kind != OperationKind.Probe && operation.Sent <= end && operation.End >= fault.InjectedAt);
        return fault with { RecoveredAt = recovered, OperationsDuring = during };
    }
}
