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

    private const string LoadHelp =
        "known are {value}, {id}, {n}, {seed}, {run}, {uuid}, {now}, {boundary:30s}, {choice:a|b} and {int:1-9}; put spaces around a word in braces to send it as it is";

    public static void Fail(BindingContext context, ConfigScalar scalar, string unknown) => context.Fail(
        DiagnosticCodes.UnknownPlaceholder, context.Locate(scalar, unknown), $"the placeholder {unknown} is not known",
        NameSuggestion.Find(unknown.Trim('{', '}'), PlaceholderText.Known) is { } near ? $"did you mean '{{{near}}}'?" : null, Help);

    /// <summary>The check of a text that is a template.</summary>
    public static (string Code, string Message, string Part, string? Help)? Inspect(string text) =>
        PlaceholderText.FindUnknown(text) is { } unknown
            ? (DiagnosticCodes.UnknownPlaceholder, $"the placeholder {unknown} is not known", unknown, Help)
            : null;

    /// <summary>What may be meant by a placeholder of a load that is not known, or null.</summary>
    public static string? NearInLoad(string unknown) =>
        NameSuggestion.Find(unknown.Trim('{', '}'), [.. PlaceholderText.Known, .. PlaceholderText.KnownInLoads]) is { } near
            ? $"did you mean '{{{near}}}'?" : null;

    /// <summary>The check of a text that is a template of a load.</summary>
    public static (string Code, string Message, string Part, string? Help)? InspectLoad(string text)
    {
        if (PlaceholderText.FindProblem(text, inLoad: true) is not { } wrong)
        {
            return null;
        }

        return wrong.Problem is { } problem
            ? (DiagnosticCodes.UnknownPlaceholder, $"the placeholder {wrong.Text} is wrong: {problem}", wrong.Text, null)
            : (DiagnosticCodes.UnknownPlaceholder, $"the placeholder {wrong.Text} is not known", wrong.Text, LoadHelp);
    }
}
