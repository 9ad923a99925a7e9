using System.Text.Json.Nodes;

namespace EvenKeel.Proof.Discovery;

/// <summary>Finds where in a JSON document something is, as JSON pointers (RFC 6901).</summary>
internal static class JsonPlaces
{
    private const int MaxDepth = 4;

    /// <summary>The pointers of the arrays, the outermost first; an empty pointer is the document itself.</summary>
    public static IEnumerable<string> Arrays(JsonNode? document) => Walk(document, "", 0)
        .Where(place => place.Node is JsonArray)
        .OrderBy(place => place.Pointer.Count(character => character == '/'))
        .Select(place => place.Pointer);

    /// <summary>The pointers of the strings and numbers whose text is <paramref name="text"/>.</summary>
    public static IEnumerable<string> Of(string text, JsonNode? document) => Walk(document, "", 0)
        .Where(place => place.Node is JsonValue && place.Node.ToString() == text)
        .Select(place => place.Pointer);

    /// <summary>What a pointer leads to, or null.</summary>
    public static JsonNode? At(string pointer, JsonNode? document)
    {
        foreach (var part in pointer.Split('/').Skip(1))
        {
            document = document switch
            {
                JsonObject fields => fields[part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)],
                _ => null,
            };
        }

        return document;
    }

    // Elements of arrays are not walked into: a pointer with an index in it would not hold for the next reply.
    private static IEnumerable<(string Pointer, JsonNode? Node)> Walk(JsonNode? node, string pointer, int depth)
    {
        yield return (pointer, node);
        if (node is not JsonObject fields || depth == MaxDepth)
        {
            yield break;
        }

        foreach (var (name, child) in fields)
        {
            var part = name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
            foreach (var place in Walk(child, $"{pointer}/{part}", depth + 1))
            {
                yield return place;
            }
        }
    }
}
