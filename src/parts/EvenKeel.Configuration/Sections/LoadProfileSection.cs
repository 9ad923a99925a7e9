using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>One of several ways to send the requests of a load.</summary>
internal static class LoadProfileSection
{
    private static readonly Key<IReadOnlyList<LoadStageOptions>> Stages = Key.Required("stages",
        new ListSchema<LoadStageOptions>(LoadStageSection.Schema, "stages", 1, 1000), "The stages in order, all with `rate` or all with `users`.");

    private static readonly Key<IReadOnlyList<string>> Thresholds = Key.Optional("thresholds",
        new ListSchema<string>(new ThresholdSchema(), "thresholds", 0, 100), [], "Rules about the result, in place of those of the load.", "checks", "slo");

    public static readonly ObjectSchema<LoadProfileOptions> Schema = new(
        "profile", "Stages and thresholds under a name, which `--profile` of `evenkeel load` chooses.", [Stages, Thresholds],
        values => new LoadProfileOptions { Stages = values.Get(Stages), Thresholds = values.Get(Thresholds) })
    {
        Check = LoadStageSection.CheckModels,
    };
}
