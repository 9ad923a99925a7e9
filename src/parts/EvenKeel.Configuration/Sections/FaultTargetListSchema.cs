using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The targets of a fault as a list of instances, each once.</summary>
internal sealed class FaultTargetListSchema : SchemaNode<FaultTargets>
{
    private static readonly ListSchema<string> Names = new(new InstanceNameSchema(), "instances", 1, ServiceSection.MaxInstances);

    public override string Expectation => Names.Expectation;

    public override string TypeText => Names.TypeText;

    public override bool TryBind(ConfigNode node, string path, BindingContext context, [MaybeNullWhen(false)] out FaultTargets value)
    {
        value = null;
        if (!Names.TryBind(node, path, context, out var names))
        {
            return false;
        }

        for (var i = 1; i < names.Count; i++)
        {
            if (names.Take(i).Contains(names[i]))
            {
                context.Fail(DiagnosticCodes.DuplicateName, ((ConfigList)node).Items[i].Span, $"the instance '{names[i]}' is named twice");
                return false;
            }
        }

        value = new FaultTargets(names, 0);
        return true;
    }

    public override string Format(FaultTargets value) => Names.Format(value.Names);

    public override JsonObject ToJson(SchemaDefinitions definitions) => Names.ToJson(definitions);
}
