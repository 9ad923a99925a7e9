using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>One stage of a load.</summary>
internal static class LoadStageSection
{
    private const double MaxRate = 1_000_000;

    public static readonly Key<double> Rate = Key.Absent("rate", new RateSchema(0, MaxRate), "`users` or `stages` say it",
        "Open model: requests per second at the end of the stage.", "rps", "qps");

    public static readonly Key<int> Users = Key.Absent("users", new WholeNumberSchema<int>(0, 100_000), "`rate` or `stages` say it",
        "Closed model: virtual users at the end of the stage, each with one request at a time.", "vus", "connections");

    public static readonly Key<TimeSpan> ShortDuration = Key.Absent("duration", Scalars.Positive, "`stages` say it",
        "How long the only stage lasts.");

    private static readonly Key<TimeSpan> Duration = Key.Required("duration", Scalars.Positive, "How long the stage lasts.");

    private static readonly Key<bool> Step = Key.Optional("step", Scalars.Boolean, false,
        "True when the target holds from the stage's beginning instead of being approached in a straight line. Always so for the first stage.");

    public static readonly ObjectSchema<LoadStageOptions> Schema = new(
        "stage", "One stage of a load: `rate` or `users`, approached in a straight line from the end of the stage before.",
            [Duration, Rate, Users, Step],
        values => Create(values, values.Get(Duration), values.Get(Step)))
    {
        Alternatives = [[[Rate], [Users]]],
        Check = values =>
        {
            values.RefuseBoth(Rate, Users, "give a rate (open model) or users (closed model)");
            if (!values.Has(Rate) && !values.Has(Users))
            {
                values.FailMissing("a stage lacks the key 'rate' or 'users'", "write for example: rate: 100/s");
            }
        },
    };

    /// <summary>The one stage of the short form.</summary>
    public static LoadStageOptions CreateShort(KeyValues values) => Create(values, values.FindValue(ShortDuration)!.Value, step: true);

    private static LoadStageOptions Create(KeyValues values, TimeSpan duration, bool step) =>
        new() { Duration = duration, Rate = values.FindValue(Rate), Users = values.FindValue(Users), Step = step };

    /// <summary>A load is open or closed; between a rate and a number of users there is no straight line.</summary>
    public static void CheckModels(KeyValues values)
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
