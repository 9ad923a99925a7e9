using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The circuit breaker of a service.</summary>
internal static class BreakerSection
{
    private static readonly BreakerOptions Defaults = new();

    private static readonly Key<int> Ratio = Key.Optional("ratio", new WholeNumberSchema<int>(0, 100), Defaults.Ratio,
        "Failed requests (no response, or a status from 500) in percent of those of `window` that open it. 0 switches it off.", "threshold");

    private static readonly Key<int> Volume = Key.Optional("volume", new WholeNumberSchema<int>(1, 1_000_000), Defaults.Volume,
        "Requests that the window must have before the ratio counts.", "minimum");

    private static readonly Key<TimeSpan> Window = Key.Optional("window", Scalars.Positive, Defaults.Window, "The window of the ratio.");

    private static readonly Key<TimeSpan> Open = Key.Optional("open", Scalars.Positive, Defaults.Open,
        "How long it refuses everything until probes may pass.", "fallback", "sleepWindow");

    private static readonly Key<int> Probes = Key.Optional("probes", new WholeNumberSchema<int>(1, 1000), Defaults.Probes,
        "Requests that must all succeed to close it again, and the most of them at a time.");

    public static readonly ObjectSchema<BreakerOptions> Schema = new(
        "breaker", "The circuit breaker of a service: while most of its requests fail, new ones are refused at once.",
        [Ratio, Volume, Window, Open, Probes],
        values => new BreakerOptions
        {
            Ratio = values.Get(Ratio),
            Volume = values.Get(Volume),
            Window = values.Get(Window),
            Open = values.Get(Open),
            Probes = values.Get(Probes),
        });
}
