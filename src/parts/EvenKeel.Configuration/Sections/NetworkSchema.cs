using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>A network in CIDR form, or one address.</summary>
internal sealed class NetworkSchema : ScalarSchema<IPNetwork>
{
    public override string Expectation => "a network such as 10.0.0.0/8 or fd00::/8, or an address";

    public override string TypeText => "network such as `10.0.0.0/8` or `fd00::/8`, or an address";

    protected override bool Accepts(ScalarType type) => type == ScalarType.Text;

    protected override bool TryRead(ConfigScalar scalar, string path, BindingContext context, out IPNetwork value)
    {
        value = default;
        var parts = scalar.Text.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address) || parts[0].Contains('%', StringComparison.Ordinal)
            || (!parts[0].Contains(':', StringComparison.Ordinal) && !EndpointText.IsDottedDecimal(parts[0])))
        {
            return Fail(scalar, path, context, null);
        }

        var bits = address.GetAddressBytes().Length * 8;
        var length = bits;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits))
        {
            return Fail(scalar, path, context, $"the length of this prefix is 0 to {bits}");
        }

        var network = Cut(address, length);
        if (!network.Equals(address))
        {
            return Fail(scalar, path, context, $"did you mean {network}/{length}?");
        }

        value = new IPNetwork(address, length);
        return true;
    }

    public override string Format(IPNetwork value) => value.ToString();

    public override JsonObject ToJson(SchemaDefinitions definitions) =>
        SchemaDefinitions.OrInterpolated(new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9A-Fa-f:.]+(/[0-9]{1,3})?$" });

    private static IPAddress Cut(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return new IPAddress(bytes);
    }

    private static bool Fail(ConfigScalar scalar, string path, BindingContext context, string? label)
    {
        context.Fail(DiagnosticCodes.BadAddress, scalar.Span,
            $"{BindingContext.Subject(path)} must be a network such as 10.0.0.0/8 or fd00::/8, or an address, not {scalar.Kind}", label);
        return false;
    }
}
