using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Schema;

/// <summary>A duration within a range.</summary>
/// <param name="min">The shortest.</param>
/// <param name="max">The longest.</param>
internal sealed class DurationSchema(TimeSpan min, TimeSpan max) : ScalarSchema<TimeSpan>
{
    public override string Expectation => "a duration such as 250ms, 5s or 1m30s";

    public override string TypeText => $"[duration](#durations), {DurationText.Format(min)} to {DurationText.Format(max)}";

    protected override bool Accepts(ScalarType type) => type is ScalarType.Text or ScalarType.Number;

    protected override bool ExplainsTypes => true;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, out TimeSpan value)
    {
        if (!DurationText.TryParse(scalar.Text, out value, out var suggestion))
        {
            context.Fail(DiagnosticCodes.BadDuration, scalar.Span,
                $"{BindingContext.Subject(path)} must be {Expectation}, not {scalar.Kind}",
                suggestion is null ? null : $"did you mean {suggestion}?", "units are ms, s, m and h");
            return false;
        }

        if (value < min || value > max)
        {
            context.Fail(DiagnosticCodes.OutOfRange, scalar.Span,
                $"{BindingContext.Subject(path)} must be from {DurationText.Format(min)} to {DurationText.Format(max)}, not {ConfigScalar.Quote(scalar.Text).Trim('\'')}");
            return false;
        }

        return true;
    }

    public override string Format(TimeSpan value) => DurationText.Format(value);

    public override JsonObject ToJson(SchemaDefinitions definitions) =>
        SchemaDefinitions.OrInterpolated(new JsonObject { ["type"] = "string", ["pattern"] = DurationText.Pattern });
}
