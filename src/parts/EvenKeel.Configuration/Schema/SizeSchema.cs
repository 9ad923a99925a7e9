using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Schema;

/// <summary>A size in bytes within a range.</summary>
/// <param name="min">The smallest.</param>
/// <param name="max">The largest.</param>
internal sealed class SizeSchema(long min, long max) : ScalarSchema<long>
{
    public override string Expectation => "a size such as 512B, 64KiB or 10MB";

    public override string TypeText => $"[size](#sizes), {SizeText.Format(min)} to {SizeText.Format(max)}";

    protected override bool Accepts(ScalarType type) => type is ScalarType.Text or ScalarType.Number;

    protected override bool ExplainsTypes => true;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, out long value)
    {
        if (!SizeText.TryParse(scalar.Text, out value, out var suggestion))
        {
            context.Fail(DiagnosticCodes.BadSize, scalar.Span, $"{BindingContext.Subject(path)} must be {Expectation}, not {scalar.Kind}",
                suggestion is null ? null : $"did you mean {suggestion}?", "units are B, KB, KiB, MB, MiB, GB and GiB");
            return false;
        }

        if (value < min || value > max)
        {
            context.Fail(DiagnosticCodes.OutOfRange, scalar.Span,
                $"{BindingContext.Subject(path)} must be from {SizeText.Format(min)} to {SizeText.Format(max)}, not {ConfigScalar.Quote(scalar.Text).Trim('\'')}");
            return false;
        }

        return true;
    }

    public override string Format(long value) => SizeText.Format(value);

    public override JsonObject ToJson(SchemaDefinitions definitions) =>
        SchemaDefinitions.OrInterpolated(new JsonObject { ["type"] = "string", ["pattern"] = SizeText.Pattern });
}
