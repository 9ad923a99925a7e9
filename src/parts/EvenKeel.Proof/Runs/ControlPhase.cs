using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Workload;

namespace EvenKeel.Proof.Runs;

/// <summary>Decides whether the load without faults was sound enough to blame on faults what happens under them.</summary>
internal static class ControlPhase
{
    /// <summary>Why it was not, as the rest of "because ..."; null when it was. What reads showed is not looked at here: that is for the checks.</summary>
    /// <param name="operations">The operations of the control phase, probes included.</param>
    /// <param name="problems">Replies that could not be understood.</param>
    /// <param name="hasWorkload">True when elements are added and read.</param>
    public static string? WhyUnsound(IReadOnlyCollection<Operation> operations, WorkloadProblems problems, bool hasWorkload)
    {
        if (problems.Seen is { } seen)
        {
            return $"{seen.First} ({Quantities.Show(seen.Count)} such {(seen.Count == 1 ? "reply" : "replies")}; correct prove.workload in the file)";
        }

        var sent = operations.Count(operation => operation.Kind != OperationKind.Probe || !hasWorkload);
        if (sent == 0)
        {
            return "it sent no operation (raise prove.control or prove.rate)";
        }

        // A request that went well when it was sent again was lost on the way, which its sender is there for.
        var mended = operations.Where(operation => operation is { Kind: OperationKind.Request, Attempt: > 0, Outcome: OperationOutcome.Ok })
            .Select(operation => operation.Session).ToHashSet(StringComparer.Ordinal);
        var bad = operations.Where(operation => operation.Outcome != OperationOutcome.Ok
            && !(operation.Kind == OperationKind.Request && mended.Contains(operation.Session))).ToList();
        if (bad.Count > 0)
        {
            var reasons = bad.GroupBy(operation => $"{operation.Kind.ToString().ToLowerInvariant()} {operation.Reason}")
                .OrderByDescending(group => group.Count());
            var most = string.Join(", ", reasons.Take(3).Select(group => $"{group.Count()} x {group.Key}"));
            return $"{bad.Count} of {Quantities.Show(operations.Count, "request")} went wrong ({most})";
        }

        return null;
    }

    /// <summary>
    /// Why the pointers must be wrong although each matched something: elements were added, and no read of any kind ever showed one of them, not even
    /// an instance asked directly. Null when one was seen.
    /// </summary>
    public static string? WhyNothingSeen(History history, WorkloadProblems problems)
    {
        if (problems.Seen is not null)
        {
            return null;
        }

        var added = history.Operations.Where(operation => operation is { Kind: OperationKind.Add, Outcome: OperationOutcome.Ok }).ToList();
        var reads = history.Operations.Where(operation => operation is { IsRead: true, Outcome: OperationOutcome.Ok, Direct: true, Elements: not null })
            .ToList();
        if (added.Count == 0 || reads.Count == 0)
        {
            return null;
        }

        var values = new HashSet<string>(StringComparer.Ordinal);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0; number < history.Elements.Count; number++)
        {
            ids.Add(history.Elements[number].Id);
            if (history.Elements[number].Value is { } value)
            {
                values.Add(value);
            }
        }

        return added.Any(add => add.Value is { } value ? values.Contains(value) : add.ElementId is { } id && ids.Contains(id)) ? null
            : $"none of {Quantities.Show(added.Count, "added element")} was ever shown, not even by an instance asked directly: either prove.workload.list.items, id or value "
                + "leads to the wrong place in the replies, or the service keeps nothing at all (see history.jsonl)";
    }
}
