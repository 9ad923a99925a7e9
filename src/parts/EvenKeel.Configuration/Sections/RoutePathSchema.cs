using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>A route's path: a prefix, or a pattern when it has wildcards; or, given so, the exact path.</summary>
/// <param name="exact">True when the text is the exact path.</param>
internal sealed partial class RoutePathSchema(bool exact) : ScalarSchema<RoutePath>
{
    private const string Pattern = "^/[!$-.0-;=@-\\[\\]-~/]*$";

    public override string Expectation => exact ? "a path such as /api" : "a path such as / or /api";

    public override string TypeText => exact ? "path such as `/api`" : "path such as `/api` or [pattern](gateway.md#paths) such as `/users/{id}`";

    protected override bool Accepts(ScalarType type) => type == ScalarType.Text;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, [MaybeNullWhen(false)] out RoutePath value)
    {
        var text = scalar.Text;
        value = null;
        if (!Form().IsMatch(text) || text.EndsWith('\n'))
        {
            context.Fail(DiagnosticCodes.BadText, scalar.Span, $"{BindingContext.Subject(path)} must be {Expectation}, not {ConfigScalar.Quote(text)}",
                null, "a route's path begins with '/' and has no query, fragment or spaces");
            return false;
        }

        if (PathText.FindFault(text) is { } fault)
        {
            return Fail(scalar, path, context, fault);
        }

        if (exact || !PathPattern.IsPattern(text))
        {
            value = new RoutePath(text, exact ? PathKind.Exact : PathKind.Prefix);
            return true;
        }

        if (!PathPattern.TryParse(text, out _, out var problem))
        {
            return Fail(scalar, path, context, problem);
        }

        value = new RoutePath(text, PathKind.Pattern);
        return true;
    }

    public override string Format(RoutePath value) => value.Text;

    public override JsonNode? ToJsonValue(RoutePath value) => JsonValue.Create(value.Text);

    public override JsonObject ToJson(SchemaDefinitions definitions) =>
        SchemaDefinitions.OrInterpolated(new JsonObject { ["type"] = "string", ["pattern"] = Pattern });

    private static bool Fail(ConfigScalar scalar, string path, BindingContext context, string why)
    {
        context.Fail(DiagnosticCodes.BadText, scalar.Span, $"{BindingContext.Subject(path)} cannot be {ConfigScalar.Quote(scalar.Text)}: {why}");
        return false;
    }

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
