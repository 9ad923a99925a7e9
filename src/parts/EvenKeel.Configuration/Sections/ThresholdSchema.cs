using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>A rule about a load's result, kept as text that <see cref="Threshold.TryParse"/> reads.</summary>
internal sealed class ThresholdSchema : ScalarSchema<string>
{
    public override string Expectation => "a rule such as p99<50ms";

    public override string TypeText => "[threshold](#thresholds)";

    protected override bool Accepts(ScalarType type) => type == ScalarType.Text;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = scalar.Text;
        if (Threshold.TryParse(value, out _, out var problem))
        {
            return true;
        }

        context.Fail(DiagnosticCodes.BadThreshold, scalar.Span, $"{ConfigScalar.Quote(value)} is not a threshold: {problem}", null,
            "examples: p99<50ms, max<=2s, errors<0.1%, rate>100/s");
        return false;
    }

    public override string Format(string value) => value;

    public override JsonObject ToJson(SchemaDefinitions definitions) =>
        SchemaDefinitions.OrInterpolated(new JsonObject { ["type"] = "string", ["pattern"] = Threshold.Pattern });
}
