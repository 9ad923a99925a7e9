using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Schema;

/// <summary>A rate per second within a range.</summary>
/// <param name="min">The smallest.</param>
/// <param name="max">The largest.</param>
internal sealed class RateSchema(double min, double max) : ScalarSchema<double>
{
    public override string Expectation => "a rate such as 200 or 200/s";

    public override string TypeText => $"[rate](#rates), {RateText.Format(min)} to {RateText.Format(max)}";

    protected override bool Accepts(ScalarType type) => type is ScalarType.Text or ScalarType.Number;

    protected override bool ExplainsTypes => true;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, out double value)
    {
        if (!RateText.TryParse(scalar.Text, out value, out var suggestion))
        {
            context.Fail(DiagnosticCodes.BadRate, scalar.Span, $"{BindingContext.Subject(path)} must be {Expectation}, not {scalar.Kind}",
                suggestion is null ? null : $"did you mean {suggestion}?");
            return false;
        }

        if (value < min || value > max)
        {
            context.Fail(DiagnosticCodes.OutOfRange, scalar.Span,
                $"{BindingContext.Subject(path)} must be from {RateText.Format(min)} to {RateText.Format(max)}, not {ConfigScalar.Quote(scalar.Text).Trim('\'')}");
            return false;
        }

        return true;
    }

    public override string Format(double value) => RateText.Format(value);

    public override JsonObject ToJson(SchemaDefinitions definitions) => SchemaDefinitions.OrInterpolated(
        new JsonObject { ["type"] = "number", ["minimum"] = min, ["maximum"] = max },
        new JsonObject { ["type"] = "string", ["pattern"] = RateText.Pattern });
}
