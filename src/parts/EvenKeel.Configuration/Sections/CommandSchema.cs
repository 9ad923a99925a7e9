using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>A command in one line, split with the quoting of shells and run by none.</summary>
internal sealed class CommandSchema : ScalarSchema<IReadOnlyList<string>>
{
    public override string Expectation => "a command such as node server.js";

    public override string TypeText => "[command](#commands)";

    protected override bool Accepts(ScalarType type) => type == ScalarType.Text;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context,
        [MaybeNullWhen(false)] out IReadOnlyList<string> value)
    {
        if (CommandText.TrySplit(scalar.Text, out value, out var problem))
        {
            return true;
        }

        context.Fail(DiagnosticCodes.BadCommand, scalar.Span, $"{BindingContext.Subject(path)} is not a command: {problem}", null,
            "write the program and its arguments, or a list: [node, server.js]");
        return false;
    }

    public override string Format(IReadOnlyList<string> value) => string.Join(' ', value);

    public override JsonObject ToJson(SchemaDefinitions definitions) => new() { ["type"] = "string", ["minLength"] = 1 };
}
