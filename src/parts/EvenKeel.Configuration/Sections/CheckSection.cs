using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>What must hold.</summary>
internal static class CheckSection
{
    public static readonly CheckOptions Defaults = new();

    private static readonly Key<bool> Divergence = Key.Optional("divergence", Scalars.Boolean, Defaults.Divergence,
        "All instances show the same elements once settled.");

    private static readonly Key<bool> LostWrites = Key.Optional("lostWrites", Scalars.Boolean, Defaults.LostWrites,
        "No acknowledged element is missing at the end.");

    private static readonly Key<bool> ReadYourWrites = Key.Optional("readYourWrites", Scalars.Boolean, Defaults.ReadYourWrites,
        "A session sees what it added itself.");

    private static readonly Key<bool> StaleReads = Key.Optional("staleReads", Scalars.Boolean, Defaults.StaleReads,
        "No read misses an element that was acknowledged, or seen, before the read began.");

    private static readonly Key<bool> Duplicates = Key.Optional("duplicates", Scalars.Boolean, Defaults.Duplicates,
        "No element appears twice, and none was applied twice.");

    private static readonly Key<AuditOptions> Audit = Key.Absent("audit", AuditSection.Schema, "nobody is asked",
        "A program of yours that compares what the load was told with what the service has. Needs `load`.");

    private static readonly Key<bool> FailedReads = Key.Optional("failedReads", Scalars.Boolean, Defaults.FailedReads,
        "No idempotent request fails.");

    private static readonly Key<TimeSpan?> Downtime = Key.Optional("downtime", new WordOrSchema<TimeSpan>("measure", Scalars.ZeroOrMore),
        Defaults.MaxDowntime,
        "The longest downtime allowed in one window, or `measure` to show it without judging it.");

    private static readonly Key<double?> Imbalance = Key.Optional("imbalance", new WordOrSchema<double>("off", new NumberSchema(1, 100)),
        Defaults.MaxImbalance,
        "The largest allowed ratio between the busiest instance's share and an equal share in the control phase.");

    public static readonly ObjectSchema<CheckOptions> Schema = new(
        "checks", "What must hold. Each check can be switched off, which the report says.",
        [Divergence, LostWrites, ReadYourWrites, StaleReads, Duplicates, Audit, FailedReads, Downtime, Imbalance],
        values => new CheckOptions
        {
            Divergence = values.Get(Divergence),
            LostWrites = values.Get(LostWrites),
            ReadYourWrites = values.Get(ReadYourWrites),
            StaleReads = values.Get(StaleReads),
            Duplicates = values.Get(Duplicates),
            Audit = values.Find(Audit),
            FailedReads = values.Get(FailedReads),
            MaxDowntime = values.Get(Downtime),
            MaxImbalance = values.Get(Imbalance),
        });
}
