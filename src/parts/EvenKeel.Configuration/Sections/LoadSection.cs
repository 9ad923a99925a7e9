using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>A load: requests, and how many at which time.</summary>
internal static class LoadSection
{
    private static readonly Key<RequestOptions> Request = Key.Absent("request", LoadRequestSection.Schema, "`requests` says it",
        "The only request. Excludes `requests`.");

    private static readonly Key<IReadOnlyList<RequestOptions>> Requests = Key.Absent("requests",
        new ListSchema<RequestOptions>(LoadRequestSection.Schema, "requests", 1, 1000), "`request` says it",
        "The requests, sent in turn, or drawn by their `share`.",
            "urls");

    private static readonly Key<IReadOnlyList<LoadStageOptions>> Stages = Key.Absent("stages",
        new ListSchema<LoadStageOptions>(LoadStageSection.Schema, "stages", 1, 1000), "one stage of `duration` with `rate` or `users`",
        "The stages in order, all with `rate` or all with `users`.");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, LoadProfileOptions>>> Profiles = Key.Absent("profiles",
        new MapSchema<LoadProfileOptions>(LoadProfileSection.Schema, "profiles", "a name of letters, digits and dashes", "^[A-Za-z][A-Za-z0-9-]{0,39}$",
        1, 100),
        "there are none", "Named stages and thresholds, of which `--profile` takes one.", "scenarios");

    private static readonly Key<TimeSpan> Timeout = Key.Optional("timeout", Scalars.Positive,
        new LoadOptions { Requests = [], Stages = [] }.Timeout, "Time after which a request has failed.");

    private static readonly Key<IReadOnlyList<string>> Thresholds = Key.Optional("thresholds",
        new ListSchema<string>(new ThresholdSchema(), "thresholds", 0, 100), [],
        "Rules about the result. One that does not hold, or has no samples, ends in exit code 99.", "checks", "slo");

    public static readonly ObjectSchema<LoadOptions> Schema = new(
        "load", "What `evenkeel load` sends: requests, and how many at which time.",
        [Request, Requests, Stages, LoadStageSection.Rate, LoadStageSection.Users, LoadStageSection.ShortDuration, Profiles, Timeout, Thresholds],
        values => new LoadOptions
        {
            Requests = LoadRequestSection.Resolve(values.Find(Requests) ?? [values.Find(Request)!]),
            Stages = values.Find(Stages) ?? (HasTarget(values) ? [LoadStageSection.CreateShort(values)] : []),
            Profiles = values.Find(Profiles)?.ToDictionary(StringComparer.Ordinal) ?? [],
            Timeout = values.Get(Timeout),
            Thresholds = values.Get(Thresholds),
        })
    {
        Check = Check,
        Alternatives =
        [
            [[Request], [Requests]],
            [[Stages], [LoadStageSection.Rate, LoadStageSection.ShortDuration], [LoadStageSection.Users, LoadStageSection.ShortDuration], [Profiles]],
        ],
    };

    private static void Check(KeyValues values)
    {
        values.RefuseBoth(Request, Requests, "move the one request into the list");
        values.RefuseBoth(LoadStageSection.Rate, LoadStageSection.Users, "give a rate (open model) or users (closed model)");
        foreach (var key in new Key[] { LoadStageSection.Rate, LoadStageSection.Users, LoadStageSection.ShortDuration })
        {
            values.RefuseBoth(Stages, key, "the short form is one stage; write it as an element of 'stages'");
        }

        if (!values.Has(Request) && !values.Has(Requests))
        {
            values.FailMissing("'load' lacks the key 'request' or 'requests'", "write for example: request: GET /");
        }

        var hasTarget = HasTarget(values);
        if (!values.Has(Stages) && !hasTarget && values.Has(Profiles))
        {
            // Each profile says it.
        }
        else if (!values.Has(Stages) && !hasTarget)
        {
            values.FailMissing("'load' lacks the key 'stages', 'rate' or 'users'", "write for example: rate: 100/s and duration: 10s");
        }
        else if (!values.Has(Stages) && !values.Has(LoadStageSection.ShortDuration))
        {
            values.FailMissing("'load' lacks the key 'duration'", "write for example: duration: 10s");
        }

        LoadRequestSection.Check(values);
        LoadStageSection.CheckModels(values);
    }

    private static bool HasTarget(KeyValues values) => values.Has(LoadStageSection.Rate) || values.Has(LoadStageSection.Users);
}
