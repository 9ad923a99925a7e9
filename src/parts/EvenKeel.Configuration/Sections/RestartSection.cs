using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>What happens after an instance ended by itself or was killed.</summary>
internal static class RestartSection
{
    public static readonly RestartOptions Defaults = new();

    private static readonly Key<TimeSpan> Delay = Key.Optional("delay", Scalars.ZeroOrMore, Defaults.Delay,
        "Added before every replacement, to stand for a machine or image that takes long to start.");

    private static readonly Key<TimeSpan> First = Key.Optional("first", Scalars.Positive, Defaults.First,
        "Back-off after the second end in a row; it doubles from there. The first restart is immediate.", "initial");

    private static readonly Key<TimeSpan> Max = Key.Optional("max", Scalars.Positive, Defaults.Max, "The longest back-off.");

    public static readonly ObjectSchema<RestartOptions> Schema = new(
        "restart", "What happens after an instance ended by itself or was killed: it is started again, after a back-off.",
        [Delay, First, Max],
        values => new RestartOptions { Delay = values.Get(Delay), First = values.Get(First), Max = values.Get(Max) })
    {
        Check = values => Order.Require(values, First, Max),
    };
}
