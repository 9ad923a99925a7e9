using System.Globalization;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>A number within a range.</summary>
/// <param name="min">The smallest value.</param>
/// <param name="max">The largest value.</param>
internal sealed class NumberSchema(double min, double max) : ScalarSchema<double>
{
    public override string Expectation => string.Create(CultureInfo.InvariantCulture, $"a number from {min} to {max}");

    public override string TypeText => string.Create(CultureInfo.InvariantCulture, $"number, {min} to {max}");

    protected override bool Accepts(ScalarType type) => type == ScalarType.Number;

    protected override bool ExplainsTypes => true;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, out double value)
    {
        value = 0;
        if ((scalar.IsQuoted && scalar.Variables.Count == 0)
            || !double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) || !double.IsFinite(value))
        {
            var isQuotedNumber = scalar.IsQuoted && ScalarTypes.Of(scalar.Text) == ScalarType.Number;
            context.Fail(DiagnosticCodes.WrongType, scalar.Span, $"{BindingContext.Subject(path)} must be {Expectation}, not {scalar.Kind}",
                isQuotedNumber ? "remove the quotes" : null);
            return false;
        }

        if (value < min || value > max)
        {
            context.Fail(DiagnosticCodes.OutOfRange, scalar.Span,
                $"{BindingContext.Subject(path)} must be {Expectation}, not {scalar.Text}");
            return false;
        }

        return true;
    }

    public override string Format(double value) => value.ToString(CultureInfo.InvariantCulture);

    public override JsonNode? ToJsonValue(double value) => JsonValue.Create(value);

    public override JsonObject ToJson(SchemaDefinitions definitions) =>
        SchemaDefinitions.OrInterpolated(new JsonObject { ["type"] = "number", ["minimum"] = min, ["maximum"] = max });
}
