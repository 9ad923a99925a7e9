using EvenKeel.Consistency.Histories;
using EvenKeel.Proof.Load;

namespace EvenKeel.Proof.Runs;

/// <summary>
/// Response times of a group of operations, counted from their intended times; failed and unknown ones count with the time until that was
/// known.
/// </summary>
/// <param name="Group">Which: <c>control</c> or <c>faults</c>, <c>reads</c>, <c>adds</c> or <c>requests</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="P50">Median.</param>
/// <param name="P90">90th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="Max">The longest.</param>
public sealed record LatencyFigures(string Group, long Count, TimeSpan P50, TimeSpan P90, TimeSpan P99, TimeSpan Max)
{
    private static readonly (string Name, Predicate<Operation> Holds)[] Groups =
    [
        ("reads", static operation => operation.IsRead),
        ("adds", static operation => operation.Kind == OperationKind.Add),
        ("requests", static operation => operation.Kind == OperationKind.Request),
    ];

    /// <summary>The groups that have operations.</summary>
    internal static IReadOnlyList<LatencyFigures> Of(History history)
    {
        var figures = new List<LatencyFigures>();
        foreach (var phase in new[] { OperationPhase.Control, OperationPhase.Faults })
        {
            foreach (var group in Groups)
            {
                var histogram = new LatencyHistogram();
                foreach (var operation in history.Operations)
                {
                    if (operation.Phase == phase && group.Holds(operation))
                    {
                        histogram.Record(operation.End - operation.Intended);
                    }
                }

                if (histogram.Count > 0)
                {
                    figures.Add(new LatencyFigures($"{phase.ToString().ToLowerInvariant()} {group.Name}", histogram.Count,
                        histogram.Percentile(50), histogram.Percentile(90), histogram.Percentile(99), histogram.Max));
                }
            }
        }

        return figures;
    }

    /// <summary>The driver's own lateness at the 99th percentile: from the intended time until it could have sent.</summary>
    internal static TimeSpan DriverLag(History history)
    {
        var lag = new LatencyHistogram();
        foreach (var operation in history.Operations)
        {
            if (operation is { Phase: OperationPhase.Control or OperationPhase.Faults, Kind: OperationKind.Probe })
            {
                lag.Record(operation.Sent - operation.Intended);
            }
        }

        return lag.Percentile(99);
    }
}
