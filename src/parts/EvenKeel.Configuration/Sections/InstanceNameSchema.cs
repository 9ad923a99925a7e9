using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The name of an instance of a service that the file defines: <c>web-2</c>.</summary>
internal sealed class InstanceNameSchema : ScalarSchema<string>
{
    public override string Expectation => "an instance such as web-1";

    public override string TypeText => "instance such as `web-1`";

    protected override bool Accepts(ScalarType type) => type == ScalarType.Text;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = scalar.Text;
        return TryFind(scalar, context);
    }

    /// <summary>Checks that a value names an instance of the file.</summary>
    public static bool TryFind(ConfigScalar scalar, BindingContext context)
    {
        var value = scalar.Text;
        var dash = value.LastIndexOf('-');
        var services = context.Facts.Services;
        if (dash <= 0 || !int.TryParse(value.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var label = services.ContainsKey(value) ? $"did you mean '{value}-1' or '1 of {value}'?" : null;
            context.Fail(DiagnosticCodes.UnknownInstance, scalar.Span, $"{ConfigScalar.Quote(value)} is not the name of an instance", label,
                "write a service, a dash and a number, such as web-2, or a count, such as 2 of web");
            return false;
        }

        var service = value[..dash];
        if (!ServiceNameSchema.TryFind(service, value, scalar, context))
        {
            return false;
        }

        if (services.TryGetValue(service, out var count) && count is { } known && (number < 1 || number > known || value[dash + 1] == '0'))
        {
            context.Fail(DiagnosticCodes.UnknownInstance, scalar.Span, $"there is no instance {ConfigScalar.Quote(value)}", null,
                FileFacts.DescribeInstances(service, known));
            return false;
        }

        return true;
    }

    public override string Format(string value) => value;

    public override JsonObject ToJson(SchemaDefinitions definitions) =>
        SchemaDefinitions.OrInterpolated(new JsonObject { ["type"] = "string", ["pattern"] = "^.+-[0-9]+$" });
}
