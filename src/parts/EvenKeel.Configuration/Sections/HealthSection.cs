using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>How it is found out that an instance can serve.</summary>
internal static class HealthSection
{
    public static readonly HealthOptions Defaults = new();

    private static readonly WholeNumberSchema<int> Times = new(1, 100);

    private static readonly Key<string> Ready = Key.Absent("ready", Scalars.RequestPath, "its port must accept connections",
        "A path that answers 2xx when the instance may get traffic.", "readiness", "path");

    private static readonly Key<string> Live = Key.Absent("live", Scalars.RequestPath, "no such check",
        "A path that answers 2xx while the instance is alive; `fall` failures in a row restart the instance.", "liveness");

    private static readonly Key<TimeSpan> Interval = Key.Optional("interval", Scalars.Positive, Defaults.Interval,
        "Time between two checks. Without it the gateway checks every 5s, and every second while an instance's status may change.", "period");

    private static readonly Key<TimeSpan> Timeout = Key.Optional("timeout", Scalars.Positive, Defaults.Timeout,
        "Time after which a check has failed.");

    private static readonly Key<int> Rise = Key.Optional("rise", Times, Defaults.Rise,
        "Successes in a row that bring an unhealthy instance back. One is enough at start.", "successThreshold");

    private static readonly Key<int> Fall = Key.Optional("fall", Times, Defaults.Fall,
        "Failures in a row that take a healthy instance out.", "retries", "failureThreshold");

    private static readonly Key<TimeSpan> Start = Key.Optional("start", Scalars.Positive, Defaults.Start,
        "How long an instance may take from its start until it is ready for the first time.", "start_period");

    public static readonly ObjectSchema<HealthOptions> Schema = new(
        "health", "How it is found out that an instance can serve: at its start, and by the gateway's active checks.",
        [Ready, Live, Interval, Timeout, Rise, Fall, Start],
        values => new HealthOptions
        {
            Ready = values.Find(Ready),
            Live = values.Find(Live),
            Interval = values.Get(Interval),
            GatewayInterval = values.Has(Interval) ? values.Get(Interval) : Defaults.GatewayInterval,
            Timeout = values.Get(Timeout),
            Rise = values.Get(Rise),
            Fall = values.Get(Fall),
            Start = values.Get(Start),
        });
}
