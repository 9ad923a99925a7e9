using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>A fault, its targets and its time.</summary>
internal static class FaultSection
{
    private static readonly ShapeSchema<FaultTargets> Targets = new()
    {
        Single = new FaultTargetSchema(),
        List = new FaultTargetListSchema(),
    };

    private static readonly Key<FaultTargets> Kill = Key.Absent("kill", Targets, "`pause` says it",
        "The instances that get SIGKILL, with all their children.", "crash", "stop");

    private static readonly Key<FaultTargets> Pause = Key.Absent("pause", Targets, "`kill` says it",
        "The instances that get SIGSTOP, and SIGCONT after `for`.", "freeze", "suspend");

    private static readonly Key<TimeSpan> At = Key.Required("at", Scalars.ZeroOrMore,
        "When, counted from the start of the load with faults.", "after", "time");

    private static readonly Key<TimeSpan> Within = Key.Optional("within", Scalars.ZeroOrMore, TimeSpan.Zero,
        "How much later than `at` it may begin: the seed draws when, so that runs with other seeds attack at other moments.", "jitter", "upTo");

    private static readonly Key<TimeSpan> For = Key.Absent("for", Scalars.Positive, "required with `pause`", "How long a pause lasts.",
        "duration");

    public static readonly ObjectSchema<FaultOptions> Schema = new(
        "fault",
        "One fault: `kill` or `pause`, its targets and its time. Targets are one instance of any service, a list of instances, or a number such as "
        + "`2 of web` that the seed draws from the service that is attacked.",
        [Kill, Pause, At, Within, For], Create)
    {
        Check = Check,
        Alternatives = [[[Kill], [Pause, For]]],
    };

    /// <summary>The faults of a scenario.</summary>
    public static readonly ListSchema<FaultOptions> ListSchema = new(Schema, "faults", 0, 1000);

    private static FaultOptions Create(KeyValues values)
    {
        var targets = values.Find(Kill) ?? values.Find(Pause)!;
        return new FaultOptions
        {
            Kind = values.Has(Kill) ? FaultKind.Kill : FaultKind.Pause,
            Targets = targets.Names,
            Count = targets.Count,
            At = values.Get(At),
            Within = values.Get(Within),
            For = values.FindValue(For) ?? TimeSpan.Zero,
        };
    }

    private static void Check(KeyValues values)
    {
        values.RefuseBoth(Kill, Pause, "write two faults");
        if (!values.Has(Kill) && !values.Has(Pause))
        {
            values.FailMissing("a fault lacks the key 'kill' or 'pause'", "write for example: { kill: web-1, at: 4s }");
        }

        if (values.Has(Pause) && !values.Has(For))
        {
            values.Fail(DiagnosticCodes.MissingKey, values.KeySpan(Pause), "a pause lacks the key 'for'", "how long?",
                "write for example: for: 2s");
        }

        if (!values.Has(Pause))
        {
            values.RefuseBoth(Kill, For, "a killed instance does not come back; 'for' belongs to 'pause'");
        }

        if (values.Has(At) && values.TryGet(At, out var at) && values.TryGet(Within, out var within)
            && values.Context.Facts.ProveDuration is { } end && at + within >= end)
        {
            values.Fail(DiagnosticCodes.LateFault, values.ValueSpan(At),
                $"this fault {(within > TimeSpan.Zero ? "may begin" : "begins")} at {DurationText.Format(at + within)}, when the load is over",
                $"the load ends at {DurationText.Format(end)}",
                    "move the fault forward, or set a longer 'duration' in the section 'prove'");
        }
    }
}
