using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>One of a few known words.</summary>
/// <typeparam name="T">What a word stands for.</typeparam>
/// <param name="words">The words and what they stand for.</param>
internal sealed class WordSchema<T>(params IReadOnlyList<(string Word, T Value)> words) : ScalarSchema<T>
{
    /// <summary>What messages say is wanted, when there are other forms besides the words.</summary>
    public string? Wanted { get; init; }

    public override string Expectation => Wanted ?? string.Join(" or ", words.Select(w => $"'{w.Word}'"));

    public override string TypeText => string.Join(" or ", words.Select(w => $"`{w.Word}`"));

    protected override bool Accepts(ScalarType type) => type == ScalarType.Text;

    protected override bool ExplainsTypes => true;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, [MaybeNullWhen(false)] out T value)
    {
        foreach (var (word, meaning) in words)
        {
            if (word == scalar.Text)
            {
                value = meaning;
                return true;
            }
        }

        value = default;
        context.Fail(DiagnosticCodes.UnknownWord, scalar.Span, $"{BindingContext.Subject(path)} must be {Expectation}, not {scalar.Kind}",
            NameSuggestion.Label(scalar.Text, words.Select(w => w.Word)));
        return false;
    }

    public override string Format(T value) =>
        words.FirstOrDefault(w => EqualityComparer<T>.Default.Equals(w.Value, value)).Word ?? words[0].Word;

    // YAML reads a word such as 1.2 as a number unless it is quoted; the text is what counts here.
    public override JsonObject ToJson(SchemaDefinitions definitions)
    {
        var texts = words.Select(w => (JsonNode)w.Word);
        var numbers = words
            .Select(w => decimal.TryParse(w.Word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? (JsonNode)number : null)
            .OfType<JsonNode>().ToList();
        var json = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. texts, .. numbers]) };
        if (numbers.Count > 0)
        {
            json["type"] = new JsonArray("string", "number");
        }

        return SchemaDefinitions.OrInterpolated(json);
    }
}
