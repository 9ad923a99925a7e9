using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EvenKeel.Proof.Discovery;

/// <summary>
/// Bodies that a service might accept for a new element, the likeliest first: one shaped like an element that it already has, then one
/// with usual names, then one with the names that its refusal mentioned.
/// </summary>
internal static partial class BodyCandidates
{
    private const int MaxNames = 20;
    private static readonly string[] UsualNames = ["name", "title", "value", "text"];

    /// <summary>Names by which services call an element's identity.</summary>
    public static readonly string[] IdNames = ["id", "_id", "uid", "uuid", "guid", "key"];

    /// <summary>Templates to try before anything is known of refusals.</summary>
    public static IEnumerable<string> First(JsonNode? element)
    {
        if (element is JsonObject fields && fields.Any(field => IsText(field.Value) && !IdNames.Contains(field.Key)))
        {
            var shaped = new JsonObject(fields
                .Where(field => !IdNames.Contains(field.Key))
                .Select(field => KeyValuePair.Create(field.Key, IsText(field.Value) ? JsonValue.Create("{value}") : field.Value?.DeepClone())));
            yield return shaped.ToJsonString();
            yield return WithId(shaped).ToJsonString();
        }

        var usual = Named(UsualNames, JsonValue.Create("{value}"));
        yield return usual.ToJsonString();
        yield return WithId(usual).ToJsonString();
    }

    /// <summary>Templates with the names that refusals mentioned, as text and as a number.</summary>
    public static IEnumerable<string> After(IEnumerable<string> refusals)
    {
        var names = refusals.SelectMany(Mentioned).Except(IdNames).Distinct().Take(MaxNames).ToArray();
        if (names.Length == 0)
        {
            yield break;
        }

        yield return Named(names, JsonValue.Create("{value}")).ToJsonString();
        for (var numeric = 0; numeric < names.Length; numeric++)
        {
            var body = Named(names, JsonValue.Create("{value}"));
            body[names[numeric]] = 1;
            yield return body.ToJsonString();
        }
    }

    private static IEnumerable<string> Mentioned(string refusal) =>
        Quoted().Matches(refusal).Select(match => match.Groups["name"].Value)
            .Concat(Required().Matches(refusal).Select(match => match.Groups["name"].Value))
            .Where(name => name is not ("error" or "errors" or "title" or "status" or "type" or "detail" or "message")
                || refusal.Contains($"{name} is", StringComparison.Ordinal));

    private static JsonObject Named(IEnumerable<string> names, JsonValue value) =>
        new(names.Select(name => KeyValuePair.Create(name, (JsonNode?)value.DeepClone())));

    private static JsonObject WithId(JsonObject body)
    {
        var copy = new JsonObject { ["id"] = "{id}" };
        foreach (var (name, value) in body)
        {
            copy[name] = value?.DeepClone();
        }

        return copy;
    }

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out _);

    [GeneratedRegex(@"[""'`](?<name>[A-Za-z_]\w{0,40})[""'`]")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?<name>[A-Za-z_]\w{0,40}) (?:is|are) (?:required|missing|mandatory)")]
    private static partial Regex Required();
}
