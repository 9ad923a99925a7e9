using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The target of a fault as one value: <c>web-2</c>, or <c>2 of web</c> for two that the seed draws.</summary>
internal sealed partial class FaultTargetSchema : ScalarSchema<FaultTargets>
{
    public override string Expectation => "an instance such as web-1, or a count such as '2 of web'";

    public override string TypeText => "instance such as `web-1`, or `2 of web`";

    protected override bool Accepts(ScalarType type) => type == ScalarType.Text;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, [MaybeNullWhen(false)] out FaultTargets value)
    {
        value = null;
        var match = Draw().Match(scalar.Text);
        if (!match.Success)
        {
            value = new FaultTargets([scalar.Text], 0);
            return InstanceNameSchema.TryFind(scalar, context);
        }

        var service = match.Groups["service"].Value;
        if (!ServiceNameSchema.TryFind(service, service, scalar, context))
        {
            return false;
        }

        if (context.Facts.AttackedService is { } attacked && attacked != service && context.Facts.Services.ContainsKey(attacked))
        {
            context.Fail(DiagnosticCodes.Contradiction, scalar.Span,
                $"instances are drawn from '{attacked}', the service that is attacked, not from '{service}'",
                $"did you mean '{match.Groups["count"].Value} of {attacked}'?",
                    $"set 'service: {service}' in the section 'prove', or name the instances");
            return false;
        }

        var available = context.Facts.Services.GetValueOrDefault(service);
        if (!int.TryParse(match.Groups["count"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1
            || (available is { } known && count > known))
        {
            context.Fail(DiagnosticCodes.UnknownInstance, scalar.Span,
                $"{match.Groups["count"].Value} instances cannot be drawn from '{service}'", null,
                available is { } all ? FileFacts.DescribeInstances(service, all) : "draw at least one");
            return false;
        }

        value = new FaultTargets([], count);
        return true;
    }

    public override string Format(FaultTargets value) =>
        value.Names.Count > 0 ? string.Join(", ", value.Names) : value.Count.ToString(CultureInfo.InvariantCulture);

    public override JsonObject ToJson(SchemaDefinitions definitions) =>
        SchemaDefinitions.OrInterpolated(new JsonObject { ["type"] = "string", ["pattern"] = "^(.+-[0-9]+|[0-9]+ of .+)$" });

    [GeneratedRegex(@"\A(?<count>[0-9]+) of (?<service>\S+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Draw();
}
