using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>What a reply of a load must be.</summary>
internal static class ExpectSection
{
    private static readonly Key<IReadOnlyList<int>> Status = Key.Absent("status",
        new OneOrMoreSchema<int>(new WholeNumberSchema<int>(100, 599), "status codes", 20), "any from 200 to 399", "The status codes that are right.");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, string>>> Json = Key.Absent("json",
        new MapSchema<string>(
            new TextSchema("text") { TakesAnyScalar = true, Inspect = Placeholders.InspectLoad, ShortType = "text with [placeholders](#placeholders), or `*`" },
            "values", "a JSON pointer such as /status", JsonPointerText.Pattern, 0, 100),
        "the body is not read", "Values of the reply by [JSON pointer](#json-pointers); `'*'` stands for any value.", "body");

    public static readonly ObjectSchema<ExpectOptions> Schema = new(
        "expect", "What the reply must be. A reply that is otherwise counts as failed.", [Status, Json],
        values => new ExpectOptions
        {
            Status = values.Find(Status) ?? [],
            Json = values.Find(Json)?.ToDictionary(StringComparer.Ordinal) ?? [],
        });
}
