using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>A server that must answer: a map of one key, what it is called, with its address. Ports that the address leaves out are filled
/// in.</summary>
internal sealed class NeedSchema : SchemaNode<NeedOptions>
{
    private const string NamePattern = "^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$";

    private const string AddressPattern = "^(postgres|postgresql|redis|tcp)://.+$";

    private static readonly TextSchema Address = new(
        "an address such as postgres://user@127.0.0.1:5432/db, redis://127.0.0.1:6379 or tcp://127.0.0.1:9000", AddressPattern)
    {
        Code = DiagnosticCodes.BadAddress,
        Help = "known schemes are postgres, redis and tcp",
    };

    private static readonly MapSchema<string> Map = new(Address, "servers",
        "a name of letters, digits, spaces, dots, dashes and underscores, at most 40", NamePattern, 1, 1);

    public override string Expectation => "a map of one server, such as redis: redis://127.0.0.1:6379";

    public override string TypeText => "map of one name to an [address](#servers-that-must-answer)";

    public override bool TryBind(ConfigNode node, string path, BindingContext context, [MaybeNullWhen(false)] out NeedOptions value)
    {
        value = null;
        if (node is not ConfigMap map)
        {
            context.FailKind(node, path, Expectation);
            return false;
        }

        if (!Map.TryBind(map, path, context, out var entries))
        {
            return false;
        }

        var (name, address) = entries[0];
        var scalar = (ConfigScalar)map.Entries[0].Value;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            context.Fail(DiagnosticCodes.BadAddress, scalar.Span,
                $"'{name}' must be {Address.Expectation}, not {ConfigScalar.Quote(address)}",
                null, "write a scheme, '://', a host and a port from 1 to 65535; escape special characters of a password as %XX");
            return false;
        }

        var defaultPort = uri.Scheme switch { "redis" => 6379, "tcp" => -1, _ => 5432 };
        if (uri.Port <= 0 && (defaultPort < 0 || uri.Port == 0))
        {
            context.Fail(DiagnosticCodes.BadAddress, scalar.Span, $"'{name}' needs a port from 1 to 65535", null,
                "a tcp address has no port of its own: write tcp://host:port");
            return false;
        }

        value = new NeedOptions
        {
            Name = name switch { "postgres" or "postgresql" => "PostgreSQL", "redis" => "Redis", _ => name },
            Address = uri.Port > 0 ? uri : new UriBuilder(uri) { Port = defaultPort }.Uri,
        };
        return true;
    }

    public override string Format(NeedOptions value) => $"{{ {value.Name}: {value.Address} }}";

    public override JsonObject ToJson(SchemaDefinitions definitions) => Map.ToJson(definitions);
}
