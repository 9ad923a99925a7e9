using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>Passive health: an instance that fails real requests is taken out for a while.</summary>
internal static class EjectionSection
{
    private static readonly EjectionOptions Defaults = new();

    private static readonly WholeNumberSchema<int> Percent = new(0, 100);

    private static readonly Key<int> Failures = Key.Optional("failures", new WholeNumberSchema<int>(0, 1000), Defaults.Failures,
        "Failures in a row (transport errors, time-outs, `statuses`) that eject. 0 switches this rule off.");

    private static readonly Key<IReadOnlyList<int>> Statuses = Key.Optional("statuses",
        new ListSchema<int>(new WholeNumberSchema<int>(500, 599), "statuses", 0, 100), Defaults.Statuses,
        "Statuses that are failures. Others from 500 on may be the doing of one request and count for `ratio` alone.", "codes");

    private static readonly Key<int> Ratio = Key.Optional("ratio", Percent, Defaults.Ratio,
        "Failures and statuses from 500 on, in percent of the responses of `window`, that eject. 0 switches this rule off.");

    private static readonly Key<int> Volume = Key.Optional("volume", new WholeNumberSchema<int>(1, 1_000_000), Defaults.Volume,
        "Responses that the window must have before the ratio counts.", "minimum");

    private static readonly Key<TimeSpan> Window = Key.Optional("window", Scalars.Positive, Defaults.Window, "The window of the ratio.");

    private static readonly Key<int> Share = Key.Optional("share", Percent, Defaults.Share,
        "The most instances of a service that are ejected at once, in percent, rounded down; one may always be.", "maxPercent");

    private static readonly Key<int> Panic = Key.Optional("panic", Percent, Defaults.Panic,
        "When fewer instances of a service than this, in percent, are well, all are used that were ready once. 0: when none is.");

    private static readonly Key<TimeSpan> SlowStart = Key.Optional("slowStart", Scalars.ZeroOrMore, Defaults.SlowStart,
        "How long the weight of an instance that comes back grows from 10 % to 100 %.", "warmup");

    private static readonly Key<TimeSpan> First = Key.Optional("first", Scalars.Positive, Defaults.First,
        "Time out of service after the first ejection; it doubles each time.", "base");

    private static readonly Key<TimeSpan> Max = Key.Optional("max", Scalars.Positive, Defaults.Max, "The longest ejection.");

    public static readonly ObjectSchema<EjectionOptions> Schema = new(
        "ejection", "Passive health: an instance that fails real requests is taken out for a while.",
        [Failures, Statuses, Ratio, Volume, Window, First, Max, Share, Panic, SlowStart],
        values => new EjectionOptions
        {
            Failures = values.Get(Failures),
            Statuses = values.Get(Statuses),
            Ratio = values.Get(Ratio),
            Volume = values.Get(Volume),
            Window = values.Get(Window),
            First = values.Get(First),
            Max = values.Get(Max),
            Share = values.Get(Share),
            Panic = values.Get(Panic),
            SlowStart = values.Get(SlowStart),
        })
    {
        Check = values => Order.Require(values, First, Max),
    };
}
