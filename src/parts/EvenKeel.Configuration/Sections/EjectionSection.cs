using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>Passive health: an instance that fails real requests is taken out for a while.</summary>
internal static class EjectionSection
{
    private static readonly EjectionOptions Defaults = new();

    private static readonly Key<int> Failures = Key.Optional("failures", new WholeNumberSchema<int>(0, 1000), Defaults.Failures,
        "Failures in a row (transport errors, time-outs, 502, 503 and 504) that eject. 0 switches it off.");

    private static readonly Key<TimeSpan> First = Key.Optional("first", Scalars.Positive, Defaults.First,
        "Time out of service after the first ejection; it doubles each time.", "base");

    private static readonly Key<TimeSpan> Max = Key.Optional("max", Scalars.Positive, Defaults.Max, "The longest ejection.");

    public static readonly ObjectSchema<EjectionOptions> Schema = new(
        "ejection", "Passive health: an instance that fails real requests is taken out for a while.", [Failures, First, Max],
        values => new EjectionOptions { Failures = values.Get(Failures), First = values.Get(First), Max = values.Get(Max) })
    {
        Check = values => Order.Require(values, First, Max),
    };
}
