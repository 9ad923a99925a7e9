using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>How many retries a service gets.</summary>
internal static class RetryBudgetSection
{
    private static readonly RetryBudgetOptions Defaults = new();

    private static readonly Key<int> Percent = Key.Optional("percent", new WholeNumberSchema<int>(0, 1000), Defaults.Percent,
        "Retries for each hundred requests of `window`.");

    private static readonly Key<int> Reserve = Key.Optional("reserve", new WholeNumberSchema<int>(0, 1_000_000), Defaults.Reserve,
        "Retries for each second of the window, however few requests there are.", "min");

    private static readonly Key<TimeSpan> Window = Key.Optional("window", Scalars.Positive, Defaults.Window, "The window.", "ttl");

    public static readonly ObjectSchema<RetryBudgetOptions> Schema = new(
        "budget", "How many retries a service gets, so that they cannot multiply the load of a service that fails.",
        [Percent, Reserve, Window],
        values => new RetryBudgetOptions { Percent = values.Get(Percent), Reserve = values.Get(Reserve), Window = values.Get(Window) });
}
