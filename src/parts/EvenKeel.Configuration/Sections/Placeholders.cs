using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>Reports placeholders of templates that are not known.</summary>
internal static class Placeholders
{
    /// <summary>What may stand in a template, for help.</summary>
    private const string Help = "known are {value}, {id}, {n} and {seed}; to send a word in braces as it is, put spaces around it";

    public static void Fail(BindingContext context, ConfigScalar scalar, string unknown) => context.Fail(
        DiagnosticCodes.UnknownPlaceholder, context.Locate(scalar, unknown), $"the placeholder {unknown} is not known",
        NameSuggestion.Find(unknown.Trim('{', '}'), PlaceholderText.Known) is { } near ? $"did you mean '{{{near}}}'?" : null, Help);

    /// <summary>The check of a text that is a template.</summary>
    public static (string Code, string Message, string Part, string? Help)? Inspect(string text) =>
        PlaceholderText.FindUnknown(text) is { } unknown
            ? (DiagnosticCodes.UnknownPlaceholder, $"the placeholder {unknown} is not known", unknown, Help)
            : null;
}
