using System.Globalization;
using System.Text.Json;

namespace EvenKeel.Proof.Workload;

/// <summary>
/// A place in a JSON document (RFC 6901): <c>/items/0/id</c>; empty for the whole document; <c>~1</c> stands for a slash and <c>~0</c> for
/// a tilde.
/// </summary>
public sealed class JsonPointer
{
    private readonly string[] _tokens;

    private JsonPointer(string text, string[] tokens)
    {
        Text = text;
        _tokens = tokens;
    }

    /// <summary>The pointer as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a pointer.</summary>
    /// <exception cref="FormatException">It is not empty and does not start with a slash, or has a tilde that is not followed by 0 or 1.</exception>
    public static JsonPointer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            return new JsonPointer(text, []);
        }

        if (text[0] != '/')
        {
            throw new FormatException($"'{text}' is not a JSON pointer: it must be empty (the whole document) or start with a slash, such as '/{text}'.");
        }

        for (var index = text.IndexOf('~', StringComparison.Ordinal); index >= 0; index = text.IndexOf('~', index + 1))
        {
            if (index + 1 >= text.Length || text[index + 1] is not ('0' or '1'))
            {
                throw new FormatException($"'{text}' is not a JSON pointer: '~' must be followed by 0 (a tilde) or 1 (a slash).");
            }
        }

        var tokens = text[1..].Split('/').Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        return new JsonPointer(text, [.. tokens]);
    }

    /// <summary>Finds the place in a document.</summary>
    /// <param name="document">Where to look.</param>
    /// <param name="found">What is there.</param>
    /// <param name="problem">How far the pointer led and what was there instead.</param>
    public bool TryFind(JsonElement document, out JsonElement found, out string problem)
    {
        found = document;
        for (var step = 0; step < _tokens.Length; step++)
        {
            var token = _tokens[step];
            var next = found.ValueKind switch
            {
                JsonValueKind.Object when found.TryGetProperty(token, out var member) => member,
                JsonValueKind.Array when Index(token) is { } index && index < found.GetArrayLength() => found[index],
                _ => default,
            };
            if (next.ValueKind == JsonValueKind.Undefined)
            {
                var place = step == 0 ? "the document" : $"'/{string.Join('/', Text[1..].Split('/').Take(step))}'";
                problem = $"{place} is {Describe(found)} without '{token}'";
                return false;
            }

            found = next;
        }

        problem = "";
        return true;
    }

    /// <summary>What a value is, in words: its kind, and the members of an object.</summary>
    internal static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => DescribeObject(value),
        JsonValueKind.Array => $"an array of {value.GetArrayLength()}",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    private static string DescribeObject(JsonElement value)
    {
        var names = value.EnumerateObject().Select(member => member.Name).Take(9).ToList();
        return names.Count == 0 ? "an empty object" : $"an object with {string.Join(", ", names.Take(8))}{(names.Count > 8 ? ", ..." : "")}";
    }

    /// <summary>An array index: digits without a leading zero.</summary>
    private static int? Index(string token) =>
        token.Length is > 0 and < 10 && (token.Length == 1 || token[0] != '0') && token.All(char.IsAsciiDigit)
            ? int.Parse(token, CultureInfo.InvariantCulture)
            : null;
}
