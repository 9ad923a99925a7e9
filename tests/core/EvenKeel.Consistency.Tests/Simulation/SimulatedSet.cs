using EvenKeel.Consistency.Histories;

namespace EvenKeel.Consistency.Tests.Simulation;

/// <summary>
/// A set behind several instances, attacked by sessions with random delays. Each operation takes effect at one random moment between its start and its
/// end (an unknown add at any later moment, or never), which makes the healthy one linearizable by construction. A planted bug breaks exactly one thing.
/// </summary>
internal sealed class SimulatedSet(int seed, PlantedBug bug, int sessions = 4, int operationsPerSession = 25, int instances = 3)
{
    private readonly Random _random = new(seed);
    private readonly ElementTable _elements = new();
    private readonly List<Plan> _plans = [];
    private readonly List<(double At, string? Instance, Element Element)> _applied = [];
    private readonly List<(double At, string Value)> _dropped = [];
    private int _nextId;

    /// <summary>The values that the bug took away for good.</summary>
    public HashSet<string> Lost { get; } = [];

    public History Run()
    {
        PlanSessions();
        var end = _plans.Max(static plan => plan.End) + 100;
        PlanFinalReads(end);
        var ordered = _plans.OrderBy(static plan => plan.Effect).ToList();
        foreach (var plan in ordered)
        {
            Apply(plan);
        }

        return new History(_plans.OrderBy(static plan => plan.Sent).Select(ToOperation), _elements);
    }

    private void PlanSessions()
    {
        for (var s = 0; s < sessions; s++)
        {
            var generation = 0;
            var now = _random.NextDouble() * 10;
            for (var i = 0; i < operationsPerSession; i++)
            {
                now += _random.NextDouble() < 0.2 ? 0 : _random.NextDouble() * 10;
                var end = now + (_random.NextDouble() < 0.1 ? 0 : _random.NextDouble() * 20);
                var plan = new Plan
                {
                    Session = $"s{s}.{generation}",
                    Kind = _random.NextDouble() < 0.5 ? OperationKind.Add : OperationKind.List,
                    Value = $"v{s}-{i}",
                    Instance = $"web-{1 + _random.Next(instances)}",
                    Sent = now,
                    End = end,
                    Effect = now + (_random.NextDouble() * (end - now)),
                };
                if (plan.Kind == OperationKind.Add && _random.NextDouble() < 0.1)
                {
                    plan.Outcome = _random.NextDouble() < 0.5 ? OperationOutcome.Unknown : OperationOutcome.Failed;
                    plan.Effect = plan.Outcome == OperationOutcome.Failed || _random.NextDouble() < 0.3
                        ? double.PositiveInfinity
                        : now + (_random.NextDouble() * 90);
                    generation++;
                }

                _plans.Add(plan);
                now = end;
            }
        }
    }

    private void PlanFinalReads(double at)
    {
        for (var i = 1; i <= instances; i++)
        {
            _plans.Add(new Plan
            {
                Session = "final", Kind = OperationKind.List, Value = "", Instance = $"web-{i}", Direct = true,
                Sent = at + i, End = at + i + 0.5, Effect = at + i + 0.25,
            });
        }
    }

    private void Apply(Plan plan)
    {
        if (plan.Kind == OperationKind.List)
        {
            plan.Shown = _elements.Observe(Shown(plan));
        }
        else if (!double.IsInfinity(plan.Effect))
        {
            plan.Id = bug == PlantedBug.GivesOneIdTwice && _nextId > 0 && _random.NextDouble() < 0.2 ? $"{_nextId}" : $"{++_nextId}";
            _applied.Add((plan.Effect, plan.Instance, new Element(plan.Id, plan.Value)));
            if (bug == PlantedBug.AppliesSomeAddsTwice && _random.NextDouble() < 0.2)
            {
                _applied.Add((plan.Effect, plan.Instance, new Element($"{++_nextId}", plan.Value)));
            }

            if (bug == PlantedBug.LosesAcknowledged && plan.Outcome == OperationOutcome.Ok && _random.NextDouble() < 0.2)
            {
                _dropped.Add((plan.End + 1, plan.Value));
                Lost.Add(plan.Value);
            }
        }
    }

    private List<Element> Shown(Plan read)
    {
        var asOf = bug == PlantedBug.OneInstanceReadsOldState && read is { Instance: "web-2", Direct: false } ? read.Effect - 60 : read.Effect;
        var shown = _applied
            .Where(one => one.At <= asOf && (bug != PlantedBug.EachInstanceKeepsItsOwn || one.Instance == read.Instance))
            .Select(static one => one.Element)
            .Where(one => !_dropped.Any(drop => drop.Value == one.Value && drop.At <= asOf))
            .ToList();
        if (bug == PlantedBug.ListsSomeElementTwice && shown.Count > 3 && _random.NextDouble() < 0.3)
        {
            shown.Add(shown[_random.Next(shown.Count)]);
        }

        return shown;
    }

    private Operation ToOperation(Plan plan, int index) => new()
    {
        Index = index,
        Session = plan.Session,
        Kind = plan.Kind,
        Phase = plan.Direct ? OperationPhase.Final : OperationPhase.Faults,
        Direct = plan.Direct,
        Instance = plan.Instance,
        Value = plan.Kind == OperationKind.Add ? plan.Value : null,
        ElementId = plan is { Kind: OperationKind.Add, Outcome: OperationOutcome.Ok } ? plan.Id : null,
        Intended = TimeSpan.FromMilliseconds(plan.Sent),
        Sent = TimeSpan.FromMilliseconds(plan.Sent),
        End = TimeSpan.FromMilliseconds(plan.End),
        Outcome = plan.Outcome,
        Elements = plan.Shown,
    };

    private sealed class Plan
    {
        public required string Session { get; init; }

        public required OperationKind Kind { get; init; }

        public required string Value { get; init; }

        public required string Instance { get; init; }

        public required double Sent { get; init; }

        public required double End { get; init; }

        public required double Effect { get; set; }

        public bool Direct { get; init; }

        public OperationOutcome Outcome { get; set; }

        public string? Id { get; set; }

        public ElementSet? Shown { get; set; }
    }
}
