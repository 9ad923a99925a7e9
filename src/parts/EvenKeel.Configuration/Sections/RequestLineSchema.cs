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

/// <summary>A request as method and path: <c>GET /albums/{id}</c>. Binds to a request without headers and body.</summary>
internal sealed partial class RequestLineSchema : ScalarSchema<RequestOptions>
{
    private const string Pattern = "^[A-Z]{1,20} /[!-~]*$";

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

    /// <summary>Whether the placeholders of loads are known.</summary>
    public bool InLoad { get; init; }

    public override string Expectation => "a request such as GET /albums";

    public override string TypeText => "[request line](#requests)";

    protected override bool Accepts(ScalarType type) => type == ScalarType.Text;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context,
        [MaybeNullWhen(false)] out RequestOptions value)
    {
        value = null;
        var text = scalar.Text;
        if (text.EndsWith('\n') || !Form().IsMatch(text))
        {
            context.Fail(DiagnosticCodes.BadRequestLine, scalar.Span,
                $"{BindingContext.Subject(path)} must be {Expectation}, not {scalar.Kind}", Explain(text),
                "write the method in capitals, one space, and a path that begins with '/' and has no spaces");
            return false;
        }

        var space = text.IndexOf(' ', StringComparison.Ordinal);
        var method = text[..space];
        if (method is "CONNECT" or "TRACE")
        {
            context.Fail(DiagnosticCodes.BadRequestLine, scalar.Span, $"the method {method} cannot be sent to a service");
            return false;
        }

        if (InLoad && Placeholders.InspectLoad(text) is { } wrong)
        {
            context.Fail(wrong.Code, context.Locate(scalar, wrong.Part), wrong.Message, Placeholders.NearInLoad(wrong.Part), wrong.Help);
            return false;
        }

        if (!InLoad && PlaceholderText.FindUnknown(text) is { } unknown)
        {
            Placeholders.Fail(context, scalar, unknown);
            return false;
        }

        value = new RequestOptions { Method = method, Path = text[(space + 1)..] };
        return true;
    }

    private static string? Explain(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [var path] when path.StartsWith('/') => $"did you mean 'GET {path}'?",
            [var method, var path] when Methods.Contains(method.ToUpperInvariant())
                && path.StartsWith('/') => $"did you mean '{method.ToUpperInvariant()} {path}'?",
            [var method, var path] when Methods.Contains(method.ToUpperInvariant()) && !path.Contains("://", StringComparison.Ordinal) =>
                $"did you mean '{method.ToUpperInvariant()} /{path}'?",
            [_, var path] when path.Contains("://", StringComparison.Ordinal) => "a path, not a whole address: the gateway is where requests go",
            { Length: > 2 } => "a path has no spaces: write %20",
            _ => null,
        };
    }

    public override string Format(RequestOptions value) => $"{value.Method} {value.Path}";

    public override JsonObject ToJson(SchemaDefinitions definitions) =>
        SchemaDefinitions.OrInterpolated(new JsonObject { ["type"] = "string", ["pattern"] = Pattern });

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
