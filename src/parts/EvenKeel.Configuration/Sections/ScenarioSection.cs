using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>A named set of faults, run on a fresh cluster.</summary>
internal static class ScenarioSection
{
    private static readonly Key<string> Name = Key.Required("name",
        new TextSchema("a name of 1 to 80 characters on one line", "^[^ \t\r\n][^\t\r\n]{0,79}$") { ShortType = "name" },
        "What the report calls it.");

    private static readonly Key<IReadOnlyList<FaultOptions>> Faults = Key.Required("faults", FaultSection.ListSchema, "Its faults.");

    private static readonly Key<TimeSpan?> Downtime = Key.Absent("downtime", new WordOrSchema<TimeSpan>("measure", Scalars.ZeroOrMore),
        "the limit of `checks`",
        "The longest downtime that it may have, or `measure` to show it without judging it.");

    public static readonly ObjectSchema<ScenarioOptions> Schema = new(
        "scenario", "A named set of faults, run on a fresh cluster.", [Name, Faults, Downtime],
        values => new ScenarioOptions
        {
            Name = values.Get(Name),
            Faults = values.Get(Faults),
            MaxDowntime = values.Has(Downtime) ? values.Get(Downtime) : null,
            MeasureOnly = values.Has(Downtime) && values.Get(Downtime) is null,
        });
}
