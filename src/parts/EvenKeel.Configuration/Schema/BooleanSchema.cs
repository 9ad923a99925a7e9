using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Schema;

/// <summary>True or false, and none of the other words that older YAML took for them.</summary>
internal sealed class BooleanSchema : ScalarSchema<bool>
{
    public override string Expectation => "true or false";

    public override string TypeText => "`true` or `false`";

    protected override bool Accepts(ScalarType type) => type == ScalarType.Boolean;

    protected override bool ExplainsTypes => true;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, out bool value)
    {
        value = false;
        var isOpen = !scalar.IsQuoted || scalar.Variables.Count > 0;
        if (isOpen && ScalarTypes.Of(scalar.Text) == ScalarType.Boolean)
        {
            value = scalar.Text[0] is 't' or 'T';
            return true;
        }

        var meant = scalar.Text.ToLowerInvariant() switch
        {
            "yes" or "y" or "on" or "1" or "enabled" => "did you mean true?",
            "no" or "n" or "off" or "0" or "disabled" => "did you mean false?",
            "true" or "false" => "remove the quotes",
            _ => null,
        };
        context.Fail(DiagnosticCodes.WrongType, scalar.Span, $"{BindingContext.Subject(path)} must be {Expectation}, not {scalar.Kind}",
            meant);
        return false;
    }

    public override string Format(bool value) => value ? "true" : "false";

    public override JsonNode? ToJsonValue(bool value) => JsonValue.Create(value);

    public override JsonObject ToJson(SchemaDefinitions definitions) =>
        SchemaDefinitions.OrInterpolated(new JsonObject { ["type"] = "boolean" });
}
