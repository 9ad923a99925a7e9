using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The version of the format, which must be the one that this program reads.</summary>
internal sealed class VersionSchema : ScalarSchema<int>
{
    private const int Current = 1;

    public override string Expectation => "1";

    public override string TypeText => "`1`";

    protected override bool Accepts(ScalarType type) => type == ScalarType.Number;

    protected override bool ExplainsTypes => true;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, out int value)
    {
        value = Current;
        if (scalar.Text == "1" && (!scalar.IsQuoted || scalar.Variables.Count > 0))
        {
            return true;
        }

        context.Fail(DiagnosticCodes.WrongVersion, scalar.Span, $"the version of the format must be 1, not {scalar.Kind}",
            scalar.Text == "1" ? "remove the quotes" : null, "write 'version: 1'; the versions of your services do not belong here");
        return false;
    }

    public override string Format(int value) => "1";

    public override JsonObject ToJson(SchemaDefinitions definitions) => new() { ["type"] = "integer", ["enum"] = new JsonArray(Current) };
}
