using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The name of a service that the file defines.</summary>
internal sealed class ServiceNameSchema : ScalarSchema<string>
{
    public override string Expectation => "the name of a service";

    public override string TypeText => "name of a [service](#service)";

    protected override bool Accepts(ScalarType type) => type == ScalarType.Text;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, [MaybeNullWhen(false)] out string value)
    {
        value = scalar.Text;
        return TryFind(value, value, scalar, context);
    }

    /// <summary>Checks that a service exists.</summary>
    /// <param name="service">The name.</param>
    /// <param name="part">The part of the value to mark when it does not.</param>
    /// <param name="scalar">The value.</param>
    /// <param name="context">Where the fault goes.</param>
    public static bool TryFind(string service, string part, ConfigScalar scalar, BindingContext context)
    {
        var services = context.Facts.Services;
        if (services.ContainsKey(service) || context.Facts.ServicesAreUnknown)
        {
            return true;
        }

        context.Fail(DiagnosticCodes.UnknownService, context.Locate(scalar, part), $"there is no service {ConfigScalar.Quote(service)}",
            NameSuggestion.Label(service, services.Keys), $"the services of this file are: {string.Join(", ", services.Keys)}");
        return false;
    }

    public override string Format(string value) => value;

    public override JsonObject ToJson(SchemaDefinitions definitions) => new() { ["type"] = "string" };
}
