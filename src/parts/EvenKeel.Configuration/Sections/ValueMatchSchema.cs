using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The text that a named value has to be; the long form says it in other ways.</summary>
internal sealed class ValueMatchSchema : ScalarSchema<ValueMatch>
{
    private static readonly Key<string> EqualTo = Key.Absent("equals", Scalars.AnyText, "no such condition", "The text that it is.", "exact", "is");

    private static readonly Key<string> Prefix = Key.Absent("prefix", Scalars.AnyText, "no such condition", "What it begins with.", "startsWith");

    private static readonly Key<bool> Present = Key.Absent("present", Scalars.Boolean, "no such condition",
        "`true`: it is there, whatever its value; `false`: it is not there.", "exists");

    private static readonly ObjectSchema<ValueMatch> Long = new(
        "condition", "What a header field, query parameter or cookie has to be: one of these.", [EqualTo, Prefix, Present], Create)
    {
        Check = CheckOne,
        Alternatives = [[[EqualTo], [Prefix], [Present]]],
    };

    /// <summary>Both forms.</summary>
    public static readonly ShapeSchema<ValueMatch> Schema = new() { Single = new ValueMatchSchema(), Map = Long };

    public override string Expectation => "the text that it is";

    public override string TypeText => "text";

    protected override bool Accepts(ScalarType type) => type != ScalarType.Null;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, out ValueMatch value)
    {
        value = new ValueMatch(MatchKind.Equal, scalar.Text);
        return true;
    }

    public override string Format(ValueMatch value) => value.Value;

    public override JsonObject ToJson(SchemaDefinitions definitions) => new() { ["type"] = new JsonArray("string", "number", "boolean") };

    private static void CheckOne(KeyValues values)
    {
        var given = new Key[] { EqualTo, Prefix, Present }.Where(values.Has).ToList();
        if (given.Count == 0)
        {
            values.FailMissing($"{BindingContext.Subject(values.Path)} says nothing of the value", "add one of 'equals', 'prefix' and 'present'");
        }
        else if (given.Count > 1)
        {
            values.RefuseBoth(given[0], given[1], "one condition for each name; another route may ask for more");
        }
    }

    private static ValueMatch Create(KeyValues values) => values.Find(EqualTo) is { } equal ? new ValueMatch(MatchKind.Equal, equal)
        : values.Find(Prefix) is { } prefix ? new ValueMatch(MatchKind.Prefix, prefix)
        : new ValueMatch(values.Get(Present) ? MatchKind.Present : MatchKind.Absent, "");
}
