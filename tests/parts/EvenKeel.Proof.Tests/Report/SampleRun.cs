using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Verdicts;
using EvenKeel.Proof.Report.Model;

namespace EvenKeel.Proof.Tests.Report;

/// <summary>A believable run for the report: three instances, a control phase of 3 s, then a kill and a pause, judged by the real checks.</summary>
internal sealed class SampleRun(int seed, double rate = 40, double seconds = 13, bool shared = true)
{
    private static readonly string[] Names = ["web-1", "web-2", "web-3"];
    private readonly Random _random = new(seed);
    private readonly ElementTable _elements = new();
    private readonly List<Operation> _operations = [];
    private readonly List<Element>[] _stores = [[], [], []];

    public ReportModel Model(string title = "albums")
    {
        var scenario = Scenario("kill and pause");
        return new ReportModel
        {
            Title = title,
            Judgement = scenario.Judgement,
            Command = "evenkeel prove examples/albums-memory.yaml --seed 7",
            Seed = 7,
            StartedAt = new DateTimeOffset(2026, 11, 21, 1, 12, 33, TimeSpan.Zero),
            Duration = TimeSpan.FromSeconds(seconds + 4),
            Environment = [new("EvenKeel", "0.1.0"), new(".NET", "10.0.12"), new("Machine", "2 cores, Linux 6.1")],
            Scenarios = [scenario],
            Thresholds = [new("p99<50ms", "12.1 ms", true), new("errors<0.1%", "1.9 %", false)],
            NotExercised = ["Network partitions between instances and their store were not tried."],
            Files = [new("history.jsonl", "every operation", 1_234_567), new("result.json", "this verdict for programs", null)],
            Configuration = "version: 1\nservices:\n  web:\n    command: dotnet Albums.dll\n",
        };
    }

    public ScenarioReport Scenario(string name)
    {
        Drive();
        var history = new History(_operations, _elements);
        var faults = Faults();
        var checks = ConsistencyChecks.Run(history, new CheckSettings
        {
            Instances = Names,
            FailedReads = true,
            Faults = [.. faults.Select(static fault => new FaultInterval($"{fault.Kind} {fault.Target}", fault.ConfirmedAt!.Value, fault.RecoveredAt))],
        });
        return new ScenarioReport
        {
            Name = name,
            History = history,
            Checks = checks,
            Judgement = Judge.Decide(new Evidence { Checks = checks, Operations = _operations.Count, FaultsPlanned = 2, FaultsConfirmed = 2 }),
            Phases =
            [
                new("control", At(0), At(3)),
                new("faults", At(3), At(seconds)),
                new("settle", At(seconds), At(seconds + 1)),
                new("final", At(seconds + 1), At(seconds + 2)),
            ],
            Faults = faults,
            Instances =
            [
                new("web-1", [new(InstanceCondition.Ready, At(0), At(seconds + 2))]),
                new("web-2", [new(InstanceCondition.Ready, At(0), At(5.02)), new(InstanceCondition.Down, At(5.02), At(5.4)),
                    new(InstanceCondition.Starting, At(5.4), At(6.4)), new(InstanceCondition.Ready, At(6.4), At(seconds + 2))]),
                new("web-3", [new(InstanceCondition.Ready, At(0), At(8.01)), new(InstanceCondition.Paused, At(8.01), At(9.5)),
                    new(InstanceCondition.Ready, At(9.5), At(seconds + 2))]),
            ],
        };
    }

    private static FaultReport[] Faults() =>
    [
        new() { Kind = "kill", Target = "web-2", PlannedAt = At(5), ConfirmedAt = At(5.02), DetectedAt = At(5.06), RevertedAt = At(5.4),
            RecoveredAt = At(6.4) },
        new() { Kind = "pause", Target = "web-3", PlannedAt = At(8), ConfirmedAt = At(8.01), DetectedAt = At(8.9), RevertedAt = At(9.5),
            RecoveredAt = At(9.5) },
    ];

    private void Drive()
    {
        for (var i = 0; i < rate * seconds; i++)
        {
            Send(i / rate, _random.Next(2) == 0 ? OperationKind.Add : OperationKind.List, $"s{_random.Next(6)}");
        }

        for (var at = 0.0; at < seconds; at += Math.Max(0.1, seconds / 3000))
        {
            Send(at, OperationKind.Probe, "probe");
        }

        for (var i = 0; i < 3; i++)
        {
            Put(seconds + 1.1 + (i * 0.1), 0.004, OperationKind.List, "final", i, OperationPhase.Final, OperationOutcome.Ok, true);
        }
    }

    private void Send(double at, OperationKind kind, string session)
    {
        var instance = _random.Next(3);
        var gone = instance == 1 && at is > 5.02 and < 5.3;
        var stalled = instance == 2 && at is > 8.01 and < 8.6;
        var outcome = gone ? (kind == OperationKind.Add ? OperationOutcome.Unknown : OperationOutcome.Failed) : OperationOutcome.Ok;
        if (instance == 1 && at > 5.02 && !shared)
        {
            _stores[1].RemoveAll(element => element.Id.StartsWith("old", StringComparison.Ordinal));
        }

        var service = stalled ? 9.5 - at : 0.001 + (-Math.Log(1 - _random.NextDouble()) * 0.003);
        Put(at, service, kind, session, instance, at < 3 ? OperationPhase.Control : OperationPhase.Faults, outcome, false);
    }

    private void Put(double at, double service, OperationKind kind, string session, int instance, OperationPhase phase, OperationOutcome outcome, bool direct)
    {
        var lag = _random.NextDouble() * 0.0004;
        var value = kind == OperationKind.Add ? $"value-{_operations.Count}" : null;
        if (value is not null && outcome == OperationOutcome.Ok)
        {
            foreach (var store in shared ? _stores : [_stores[instance]])
            {
                store.Add(new Element($"{(at < 5 ? "old" : "new")}-{_operations.Count}", value));
            }
        }

        _operations.Add(new Operation
        {
            Index = _operations.Count,
            Session = session,
            Kind = kind,
            Phase = phase,
            Value = value,
            ElementId = value is null ? null : $"{(at < 5 ? "old" : "new")}-{_operations.Count}",
            Intended = At(at),
            Sent = At(at + lag),
            End = At(at + lag + service),
            Outcome = outcome,
            Reason = outcome == OperationOutcome.Ok ? null : "reset",
            Status = outcome == OperationOutcome.Ok ? 200 : 502,
            Instance = outcome == OperationOutcome.Ok ? Names[instance] : null,
            Direct = direct,
            Elements = kind == OperationKind.List && outcome == OperationOutcome.Ok ? _elements.Observe(_stores[instance]) : null,
        });
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
