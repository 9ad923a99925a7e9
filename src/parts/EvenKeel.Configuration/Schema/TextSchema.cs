using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>Text, perhaps of a certain form.</summary>
/// <param name="expectation">What is wanted, with its article.</param>
/// <param name="pattern">The form as a regular expression that .NET and ECMAScript read alike, or null for any text.</param>
internal sealed class TextSchema(string expectation, string? pattern = null) : ScalarSchema<string>
{
    private readonly Regex? _form = pattern is null ? null : new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The code of a text that does not have the form.</summary>
    public string Code { get; init; } = DiagnosticCodes.BadText;

    /// <summary>What to do about a text that does not have the form.</summary>
    public string? Help { get; init; }

    /// <summary>True for a text that no message may show.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The type in the reference page.</summary>
    public string ShortType { get; init; } = "text";

    /// <summary>True when unquoted numbers and booleans count as the text that was written, as in environment variables.</summary>
    public bool TakesAnyScalar { get; init; }

    /// <summary>True when the text may hold references to services.</summary>
    public bool HoldsReferences { get; init; }

    /// <summary>A further check of the value: gives what is wrong and which part of it, or null.</summary>
    public Func<string, (string Code, string Message, string Part, string? Help)?>? Inspect { get; init; }

    public override string Expectation => expectation;

    public override string TypeText => ShortType;

    protected override bool Accepts(ScalarType type) => type == ScalarType.Text || TakesAnyScalar;

    protected override bool TakesReferences => HoldsReferences;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = scalar.Text;
        if (_form is not null && (!_form.IsMatch(value) || value.EndsWith('\n')))
        {
            var given = IsSecret ? $"; what was given has {value.Length} and is not shown" : $", not {ConfigScalar.Quote(value)}";
            context.Fail(Code, scalar.Span, $"{BindingContext.Subject(path)} must be {expectation}{given}", null, Help, IsSecret);
            return false;
        }

        if (Inspect?.Invoke(value) is { } wrong)
        {
            context.Fail(wrong.Code, context.Locate(scalar, wrong.Part), wrong.Message, null, wrong.Help);
            return false;
        }

        return true;
    }

    public override string Format(string value) => value.Length == 0 ? "''" : value;

    public override JsonNode? ToJsonValue(string value) => JsonValue.Create(value);

    public override JsonObject ToJson(SchemaDefinitions definitions)
    {
        var text = new JsonObject { ["type"] = TakesAnyScalar ? new JsonArray("string", "number", "boolean") : "string" };
        if (pattern is null)
        {
            return text;
        }

        text["pattern"] = pattern;
        return SchemaDefinitions.OrInterpolated(text);
    }
}
