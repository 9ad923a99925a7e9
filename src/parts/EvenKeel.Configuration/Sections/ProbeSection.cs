using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The request that measures availability.</summary>
internal static class ProbeSection
{
    private static readonly ProbeOptions Defaults = new();

    private static readonly Key<RequestOptions> Request = Key.Absent("request", RequestSection.Schema, "the workload's `list`, or `GET /`",
        "What is sent.");

    private static readonly Key<TimeSpan> Interval = Key.Optional("interval",
        new DurationSchema(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)), Defaults.Interval,
        "Time between two probes. The shortest downtime that can be seen is two intervals.");

    private static readonly Key<TimeSpan> Timeout = Key.Optional("timeout", Scalars.Positive, Defaults.Timeout,
        "Time after which a probe has failed.");

    public static readonly ObjectSchema<ProbeOptions> Schema = new(
        "probe", "An open-loop probe of availability, judged by the intended time of each request.", [Request, Interval, Timeout],
        values => new ProbeOptions { Request = values.Find(Request), Interval = values.Get(Interval), Timeout = values.Get(Timeout) });
}
