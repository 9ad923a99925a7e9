using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Sightings;

namespace EvenKeel.Consistency.Tests.Histories;

/// <summary>Writes a history down as a short story, one line per operation; times are in milliseconds.</summary>
internal sealed class HistoryScript
{
    private readonly ElementTable _elements = new();
    private readonly List<Operation> _operations = [];

    public History History => new(_operations, _elements);

    public HistoryIndex Index => new(History);

    /// <summary>An add of a value under an id ("17" unless told), acknowledged unless told otherwise.</summary>
    public HistoryScript Add(
        string value, double sent, double end, string session = "s1", string? on = null, string? id = "",
        OperationOutcome outcome = OperationOutcome.Ok, int attempt = 0) =>
        Put(new Operation
        {
            Index = _operations.Count,
            Session = session,
            Kind = OperationKind.Add,
            Value = value,
            ElementId = outcome == OperationOutcome.Ok ? id == "" ? "id-" + value : id : null,
            Intended = Ms(sent),
            Sent = Ms(sent),
            End = Ms(end),
            Outcome = outcome,
            Instance = on,
            Attempt = attempt,
        });

    /// <summary>A list; each shown element is a value, or id=value.</summary>
    public HistoryScript List(
        double sent, double end, string shown, string session = "s1", string? on = null, bool direct = false, OperationPhase phase = OperationPhase.Faults) =>
        Put(new Operation
        {
            Index = _operations.Count,
            Session = session,
            Kind = OperationKind.List,
            Intended = Ms(sent),
            Sent = Ms(sent),
            End = Ms(end),
            Outcome = OperationOutcome.Ok,
            Instance = on,
            Direct = direct,
            Phase = phase,
            Elements = _elements.Observe(shown.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Parse)),
        });

    /// <summary>The last read of an instance at its own address.</summary>
    public HistoryScript Final(double sent, string instance, string shown) =>
        List(sent, sent + 1, shown, "final", instance, true, OperationPhase.Final);

    /// <summary>A get by id and value, that found the element or did not.</summary>
    public HistoryScript Get(string value, double sent, double end, bool found, string session = "s1", string? on = null) =>
        Put(new Operation
        {
            Index = _operations.Count,
            Session = session,
            Kind = OperationKind.Get,
            ElementId = "id-" + value,
            Value = value,
            Intended = Ms(sent),
            Sent = Ms(sent),
            End = Ms(end),
            Outcome = OperationOutcome.Ok,
            Status = found ? 200 : 404,
            Instance = on,
            Elements = _elements.Observe(found ? [Parse(value)] : []),
        });

    /// <summary>Probes every 100 ms from a time: g for good, b for bad.</summary>
    public HistoryScript Probes(double from, string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            Put(new Operation
            {
                Index = _operations.Count,
                Session = "probe",
                Kind = OperationKind.Probe,
                Intended = Ms(from + (i * 100)),
                Sent = Ms(from + (i * 100)),
                End = Ms(from + (i * 100) + 1),
                Outcome = pattern[i] == 'g' ? OperationOutcome.Ok : OperationOutcome.Failed,
                Reason = pattern[i] == 'g' ? null : "http503",
            });
        }

        return this;
    }

    public HistoryScript Put(Operation operation)
    {
        _operations.Add(operation);
        return this;
    }

    public CheckResult Check(string name, CheckSettings? settings = null) =>
        ConsistencyChecks.Run(History, settings ?? new CheckSettings { FailedReads = true, MaxImbalance = 1.5 }).Single(result => result.Name == name);

    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));

    private static Element Parse(string shown)
    {
        var at = shown.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? new Element("id-" + shown, shown) : new Element(shown[..at], shown[(at + 1)..] is { Length: > 0 } value ? value : null);
    }
}
