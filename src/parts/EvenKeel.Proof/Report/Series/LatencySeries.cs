using EvenKeel.Consistency.Histories;

namespace EvenKeel.Proof.Report.Series;

/// <summary>Response times (from the intended start) and service times (from the actual one) of a history's load, over time.</summary>
internal sealed class LatencySeries
{
    /// <summary>Samples below which a bin shows its operations one by one, for percentiles of so few say nothing.</summary>
    public const int EnoughForPercentiles = 20;

    /// <summary>
    /// Sorts the load of a history into bins by intended time: requests through the gateway that were answered ok; the probes when there
    /// are no others.
    /// </summary>
    public LatencySeries(History history, TimeBins bins)
    {
        var sent = history.Operations.Where(static o => !o.Direct && o.Phase is not OperationPhase.CleanUp).ToList();
        Load = sent.FindAll(static o => o.Kind is OperationKind.Add or OperationKind.List or OperationKind.Get or OperationKind.Request);
        IsOfProbes = Load.Count == 0;
        Load = IsOfProbes ? sent.FindAll(static o => o.Kind == OperationKind.Probe) : Load;
        var ok = Load.FindAll(static o => o.Outcome == OperationOutcome.Ok);
        Response = new Percentiles(ok.Select(ResponseOf));
        Service = new Percentiles(ok.Select(ServiceOf));
        Lag = new Percentiles(Load.Select(static o => o.Sent - o.Intended));
        Bins = [.. Load.GroupBy(o => bins.Of(o.Intended)).OrderBy(static bin => bin.Key).Select(static bin => new LatencyBin(bin.Key, [.. bin]))];
    }

    /// <summary>The operations that count.</summary>
    public List<Operation> Load { get; }

    /// <summary>True when only probes were sent.</summary>
    public bool IsOfProbes { get; }

    /// <summary>Response times of all ok operations.</summary>
    public Percentiles Response { get; }

    /// <summary>Service times of all ok operations.</summary>
    public Percentiles Service { get; }

    /// <summary>How late the driver sent; large values make the response times its own fault.</summary>
    public Percentiles Lag { get; }

    /// <summary>The bins that hold operations, in order.</summary>
    public IReadOnlyList<LatencyBin> Bins { get; }

    /// <summary>From the intended start to the end.</summary>
    public static TimeSpan ResponseOf(Operation operation) => operation.End - operation.Intended;

    /// <summary>From the actual start to the end.</summary>
    public static TimeSpan ServiceOf(Operation operation) => operation.End - operation.Sent;
}
