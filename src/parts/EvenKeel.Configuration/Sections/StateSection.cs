using System.Globalization;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The shared state of the instances.</summary>
internal static class StateSection
{
    private const string Embedded = "embedded";

    private static readonly Key<string> Connection = Key.Optional(
        "connection",
        new TextSchema("'embedded', host:port or redis://host:port",
            "^(embedded|(redis://([^@/ ]*@)?)?([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}(/[0-9]*)?)$")
        {
            Code = DiagnosticCodes.BadAddress,
            Help = "'embedded' starts a state node with the cluster",
            ShortType = "`embedded`, `host:port` or `redis://host:port`",
            Inspect = InspectPort,
        },
        Embedded, "The server that keeps the state, or `embedded` for a state node that is started with the cluster.", "url", "address");

    private static readonly Key<int> Port = Key.Absent("port", Scalars.Port, "a free port", "The port of the embedded state node.");

    public static readonly ObjectSchema<StateOptions> Schema = new(
        "state", "The shared state that instances find in `ConnectionStrings__EvenKeel`. Without this section there is none; `state: {}` is enough.",
        [Connection, Port],
        values => new StateOptions
        {
            Connection = values.Get(Connection) is var connection && connection == Embedded ? null : connection,
            Port = values.FindValue(Port),
        })
    {
        Check = CheckPort,
    };

    private static (string Code, string Message, string Part, string? Help)? InspectPort(string connection)
    {
        var port = connection[(connection.LastIndexOf(':') + 1)..].Split('/')[0];
        return connection == Embedded || int.Parse(port, CultureInfo.InvariantCulture) is > 0 and <= 65535
            ? null
            : (DiagnosticCodes.BadAddress, $"the port of 'connection' must be from 1 to 65535, not {port}", port, null);
    }

    private static void CheckPort(KeyValues values)
    {
        if (values.TryGet(Connection, out var connection) && connection != Embedded && values.Has(Port))
        {
            values.Fail(DiagnosticCodes.Contradiction, values.KeySpan(Port),
                "'port' belongs to the embedded state node, and 'connection' names another server",
                null, "write the port in 'connection', or leave 'connection' out");
        }
    }
}
