using EvenKeel.Consistency.Histories;

namespace EvenKeel.Proof.Report.Series;

/// <summary>The operations that were intended within one bin.</summary>
internal sealed class LatencyBin(int index, IReadOnlyList<Operation> operations)
{
    /// <summary>Which bin it is.</summary>
    public int Index { get; } = index;

    /// <summary>Its operations.</summary>
    public IReadOnlyList<Operation> Operations { get; } = operations;

    /// <summary>Response times of the ok ones.</summary>
    public Percentiles Response { get; } = new(operations.Where(static o => o.Outcome == OperationOutcome.Ok).Select(LatencySeries.ResponseOf));

    /// <summary>Service times of the ok ones.</summary>
    public Percentiles Service { get; } = new(operations.Where(static o => o.Outcome == OperationOutcome.Ok).Select(LatencySeries.ServiceOf));

    /// <summary>True when percentiles of it mean something.</summary>
    public bool IsEnough => Response.Count >= LatencySeries.EnoughForPercentiles;
}
