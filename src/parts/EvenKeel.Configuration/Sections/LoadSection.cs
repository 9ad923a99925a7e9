using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>A load: requests, and how many at which time.</summary>
internal static class LoadSection
{
    private static readonly Key<RequestOptions> Request = Key.Absent("request", RequestSection.Schema, "`requests` says it",
        "The only request. Excludes `requests`.");

    private static readonly Key<IReadOnlyList<RequestOptions>> Requests = Key.Absent("requests",
        new ListSchema<RequestOptions>(RequestSection.Schema, "requests", 1, 1000), "`request` says it", "The requests, sent in turn.",
            "urls");

    private static readonly Key<IReadOnlyList<LoadStageOptions>> Stages = Key.Absent("stages",
        new ListSchema<LoadStageOptions>(LoadStageSection.Schema, "stages", 1, 1000), "one stage of `duration` with `rate` or `users`",
        "The stages in order, all with `rate` or all with `users`.");

    private static readonly Key<TimeSpan> Timeout = Key.Optional("timeout", Scalars.Positive,
        new LoadOptions { Requests = [], Stages = [] }.Timeout, "Time after which a request has failed.");

    private static readonly Key<IReadOnlyList<string>> Thresholds = Key.Optional("thresholds",
        new ListSchema<string>(new ThresholdSchema(), "thresholds", 0, 100), [],
        "Rules about the result. One that does not hold, or has no samples, ends in exit code 99.", "checks", "slo");

    public static readonly ObjectSchema<LoadOptions> Schema = new(
        "load", "What `evenkeel load` sends: requests, and how many at which time.",
        [Request, Requests, Stages, LoadStageSection.Rate, LoadStageSection.Users, LoadStageSection.ShortDuration, Timeout, Thresholds],
        values => new LoadOptions
        {
            Requests = values.Find(Requests) ?? [values.Find(Request)!],
            Stages = values.Find(Stages) ?? [LoadStageSection.CreateShort(values)],
            Timeout = values.Get(Timeout),
            Thresholds = values.Get(Thresholds),
        })
    {
        Check = Check,
        Alternatives =
        [
            [[Request], [Requests]],
            [[Stages], [LoadStageSection.Rate, LoadStageSection.ShortDuration], [LoadStageSection.Users, LoadStageSection.ShortDuration]],
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

        var hasTarget = values.Has(LoadStageSection.Rate) || values.Has(LoadStageSection.Users);
        if (!values.Has(Stages) && !hasTarget)
        {
            values.FailMissing("'load' lacks the key 'stages', 'rate' or 'users'", "write for example: rate: 100/s and duration: 10s");
        }
        else if (!values.Has(Stages) && !values.Has(LoadStageSection.ShortDuration))
        {
            values.FailMissing("'load' lacks the key 'duration'", "write for example: duration: 10s");
        }

        CheckModels(values);
    }

    /// <summary>A load is open or closed; between a rate and a number of users there is no straight line.</summary>
    private static void CheckModels(KeyValues values)
    {
        if (values.Map.Find("stages") is not ConfigList stages)
        {
            return;
        }

        var model = "";
        foreach (var stage in stages.Items.OfType<ConfigMap>())
        {
            var own = (stage.Find("rate"), stage.Find("users")) switch
            {
                (not null, null) => "rate",
                (null, not null) => "users",
                _ => "",
            };
            if (own.Length > 0 && model.Length > 0 && own != model)
            {
                values.Fail(DiagnosticCodes.MixedStages, stage.Find(own)!.Head, $"this stage has '{own}' and an earlier one '{model}'",
                    $"expected '{model}'",
                    "all stages have a rate (open model) or all have users (closed model)");
                return;
            }

            model = model.Length > 0 ? model : own;
        }
    }
}
