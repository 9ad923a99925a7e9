using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>An address to listen on or to connect to, or a bare port of the loopback address.</summary>
internal sealed class EndpointSchema : ScalarSchema<IPEndPoint>
{
    /// <summary>True for an address of another program, which has to name a port.</summary>
    public bool IsRemote { get; init; }

    public override string Expectation => "an address such as 127.0.0.1:8080, [::1]:8080 or a port";

    public override string TypeText => "address such as `127.0.0.1:8080` or `[::1]:8080`, or a port of 127.0.0.1";

    protected override bool Accepts(ScalarType type) => type is ScalarType.Text or ScalarType.Number;

    protected override bool ExplainsTypes => true;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, [MaybeNullWhen(false)] out IPEndPoint value)
    {
        var isBarePort = !scalar.Text.Contains(':', StringComparison.Ordinal);
        if (EndpointText.TryParse(scalar.Text, out value) && !(IsRemote && IsNowhere(value)) && !(isBarePort && scalar.IsQuoted && scalar.Variables.Count == 0))
        {
            return true;
        }

        var label = isBarePort && value is not null ? "remove the quotes"
            : scalar.Text.StartsWith("http", StringComparison.Ordinal) ? "an address has no scheme"
            : null;
        context.Fail(DiagnosticCodes.BadAddress, scalar.Span, $"{BindingContext.Subject(path)} must be {Expectation}, not {scalar.Kind}",
            label,
            IsRemote
                ? "write the IP address and the port of one server; names are not looked up, and 0 is nobody's"
                : "write an IP address and a port from 0 to 65535; 0.0.0.0 listens on all addresses, port 0 takes a free port");
        return false;
    }

    private static bool IsNowhere(IPEndPoint address) =>
        address.Port == 0 || address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any);

    public override string Format(IPEndPoint value) => value.ToString();

    public override JsonObject ToJson(SchemaDefinitions definitions) => SchemaDefinitions.OrInterpolated(
        new JsonObject { ["type"] = "integer", ["minimum"] = IsRemote ? 1 : 0, ["maximum"] = IPEndPoint.MaxPort },
        new JsonObject { ["type"] = "string", ["pattern"] = EndpointText.Pattern });
}
