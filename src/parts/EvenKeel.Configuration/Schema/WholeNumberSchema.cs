using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>A whole number within a range, in decimal or as <c>0x</c> hexadecimal.</summary>
/// <typeparam name="T">An integer type.</typeparam>
/// <param name="min">The smallest value.</param>
/// <param name="max">The largest value.</param>
internal sealed class WholeNumberSchema<T>(T min, T max) : ScalarSchema<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private static readonly BigInteger TooLargeToParse = BigInteger.Pow(10, 30);

    public override string Expectation => max == T.MaxValue ? $"a whole number of at least {min}" : $"a whole number from {min} to {max}";

    public override string TypeText => max == T.MaxValue ? $"whole number, at least {min}" : $"whole number, {min} to {max}";

    protected override bool Accepts(ScalarType type) => type == ScalarType.Number;

    protected override bool ExplainsTypes => true;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, out T value)
    {
        value = default;
        if ((scalar.IsQuoted && scalar.Variables.Count == 0) || !TryParse(scalar.Text, out var number))
        {
            var isQuotedNumber = scalar.IsQuoted && TryParse(scalar.Text, out _);
            context.Fail(DiagnosticCodes.WrongType, scalar.Span, $"{BindingContext.Subject(path)} must be {Expectation}, not {scalar.Kind}",
                isQuotedNumber ? "remove the quotes" : null);
            return false;
        }

        if (number < BigInteger.CreateChecked(min) || number > BigInteger.CreateChecked(max))
        {
            context.Fail(DiagnosticCodes.OutOfRange, scalar.Span,
                $"{BindingContext.Subject(path)} must be {Expectation}, not {ConfigScalar.Quote(scalar.Text).Trim('\'')}");
            return false;
        }

        value = T.CreateChecked(number);
        return true;
    }

    public override string Format(T value) => value.ToString(null, CultureInfo.InvariantCulture);

    public override JsonNode? ToJsonValue(T value) => JsonValue.Create(long.CreateSaturating(value));

    public override JsonObject ToJson(SchemaDefinitions definitions)
    {
        var number = new JsonObject { ["type"] = "integer", ["minimum"] = long.CreateSaturating(min) };
        if (max != T.MaxValue)
        {
            number["maximum"] = long.CreateSaturating(max);
        }

        return SchemaDefinitions.OrInterpolated(number);
    }

    private static bool TryParse(string text, out BigInteger number)
    {
        if (text.Length > 40)
        {
            number = text.StartsWith('-') ? -TooLargeToParse : TooLargeToParse;
            return text.AsSpan().TrimStart("+-").IndexOfAnyExceptInRange('0', '9') < 0;
        }

        // A leading zero keeps the hexadecimal number positive.
        return text.StartsWith("0x", StringComparison.Ordinal)
            ? BigInteger.TryParse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}
