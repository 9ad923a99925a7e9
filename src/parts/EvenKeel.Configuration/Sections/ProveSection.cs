using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>A proof: a workload, the faults that it meets, and what must hold afterwards.</summary>
internal static class ProveSection
{
    private static readonly ProveOptions Defaults = new();

    private static readonly Key<ulong> Seed = Key.Optional("seed", new WholeNumberSchema<ulong>(0, ulong.MaxValue), Defaults.Seed,
        "Seed of every random choice. The same seed replays the same plan.");

    private static readonly Key<double> Rate = Key.Optional("rate", new RateSchema(0.1, 100_000), Defaults.Rate,
        "Operations per second; of a workload half of them adding and half reading.");

    private static readonly Key<TimeSpan> Control = Key.Optional("control", Scalars.Positive, Defaults.Control,
        "Length of the control phase: the same load without faults, which must hold before anything is attacked.");

    private static readonly Key<TimeSpan> Duration = Key.Optional("duration", Scalars.Positive, Defaults.Duration,
        "Length of the load with faults.");

    private static readonly Key<TimeSpan> Settle = Key.Optional("settle", Scalars.Positive, Defaults.Settle,
        "How long the healed cluster may take until every instance is ready again.");

    private static readonly Key<TimeSpan> Converge = Key.Optional("converge", Scalars.ZeroOrMore, Defaults.Converge,
        "How long the instances may take to agree after that.");

    private static readonly Key<TimeSpan> Timeout = Key.Optional("timeout", Scalars.Positive, Defaults.Timeout,
        "Time after which an operation's outcome is unknown.");

    private static readonly Key<double> TimeScale = Key.Optional("timeScale", new NumberSchema(0.1, 1000), Defaults.TimeScale,
        "How many times faster than real everything runs: delays, fault times and the duration are divided by it.");

    private static readonly Key<string> Service = Key.Absent("service", new ServiceNameSchema(), "the service of the first route",
        "The service that is attacked and asked directly.");

    private static readonly Key<ProveLoad> Load = Key.Optional("load",
        new WordSchema<ProveLoad>(("off", ProveLoad.Off), ("once", ProveLoad.Once), ("resend", ProveLoad.Resend)), Defaults.Load,
        "`once` sends the requests of the file's section `load`, at `rate`, and keeps [a ledger](ledger.md) of them; `resend` sends each of them again "
        + "until its outcome is known. Excludes `workload`.");

    private static readonly Key<WorkloadOptions> Workload = Key.Absent("workload", WorkloadSection.Schema, "nothing is added",
        "What is added and read. Without it and without `load` only availability is measured.");

    private static readonly Key<ProbeOptions> Probe = Key.Absent("probe", ProbeSection.Schema, "a probe with its defaults",
        "The request that measures availability.");

    private static readonly Key<IReadOnlyList<FaultOptions>> Faults = Key.Optional("faults", FaultSection.ListSchema, [],
        "The faults. Excludes `scenarios`.");

    private static readonly Key<IReadOnlyList<ScenarioOptions>> Scenarios = Key.Optional("scenarios",
        new ListSchema<ScenarioOptions>(ScenarioSection.Schema, "scenarios", 0, 100), [],
            "Several scenarios, run one after the other on a fresh cluster each. Excludes `faults`.");

    private static readonly Key<bool> SimultaneousKills = Key.Optional("simultaneousKills", Scalars.Boolean, Defaults.SimultaneousKills,
        "True to find out for how many simultaneous kills the service survives: 1, 2 and so on to all, each measured.");

    private static readonly Key<CheckOptions> Checks = Key.Optional("checks", CheckSection.Schema, CheckSection.Defaults,
        "What must hold.");

    public static readonly ObjectSchema<ProveOptions> Schema = new(
        "prove", "What `evenkeel prove` does: a workload, the faults that it meets, and what must hold afterwards.",
        [
            Seed, Rate, Control, Duration, Settle, Converge, Timeout, TimeScale, Service, Load, Workload, Probe, Faults, Scenarios, SimultaneousKills,
            Checks,
        ],
        Create)
    {
        Check = Check,
    };

    private static ProveOptions Create(KeyValues values) => new()
    {
        Seed = values.Get(Seed),
        Rate = values.Get(Rate),
        Control = values.Get(Control),
        Duration = values.Get(Duration),
        Settle = values.Get(Settle),
        Converge = values.Get(Converge),
        Timeout = values.Get(Timeout),
        TimeScale = values.Get(TimeScale),
        Service = values.Find(Service),
        Load = values.Get(Load),
        Workload = values.Find(Workload),
        Probe = values.Find(Probe),
        Faults = values.Get(Faults),
        Scenarios = values.Get(Scenarios),
        SimultaneousKills = values.Get(SimultaneousKills),
        Checks = values.Get(Checks),
    };

    private static void Check(KeyValues values)
    {
        values.RefuseBoth(Faults, Scenarios, "move the faults into a scenario");
        CheckLoad(values);
        if (values.Map.Find("scenarios") is not ConfigList scenarios)
        {
            return;
        }

        // Reports are kept by the scenario's name.
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var scenario in scenarios.Items.OfType<ConfigMap>())
        {
            if (scenario.Find("name") is ConfigScalar { IsBroken: false } name && !seen.Add(name.Text))
            {
                values.Fail(DiagnosticCodes.DuplicateName, name.Span,
                    $"a scenario with the name {ConfigScalar.Quote(name.Text)} exists already");
            }
        }
    }

    private static void CheckLoad(KeyValues values)
    {
        if (!values.TryGet(Load, out var load))
        {
            return;
        }

        if (load != ProveLoad.Off && values.Has(Workload))
        {
            values.RefuseBoth(Load, Workload, "a proof sends either the file's load or a workload of elements");
        }

        if (load != ProveLoad.Off && !values.Context.Facts.HasLoad)
        {
            values.Fail(DiagnosticCodes.Contradiction, values.KeySpan(Load), "the proof is to send the file's load, and the file has no section 'load'",
                null, "add one beside 'prove', with the requests to send (evenkeel schema load)");
        }

        if (load == ProveLoad.Off && (values.Map.Find("checks") as ConfigMap)?.Entries.FirstOrDefault(entry => entry.Key.Text == "audit") is { } audit)
        {
            values.Fail(DiagnosticCodes.Contradiction, audit.Key.Span, "an audit needs a ledger, and this proof keeps none", null,
                "write 'load: once' or 'load: resend' into the section 'prove'");
        }
    }
}
