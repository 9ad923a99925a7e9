using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>What one request, response and connection may be at most.</summary>
internal static class GatewayLimitSection
{
    private static readonly GatewayLimitOptions Defaults = new();

    private static readonly Key<long> Head = Key.Optional("head", new SizeSchema(1024, 64 * 1024), Defaults.Head,
        "Bytes of a request or response head, start line included. Beyond: 431, or 502 from an instance.", "headers");

    private static readonly Key<int> Fields = Key.Optional("fields", new WholeNumberSchema<int>(1, 1000), Defaults.Fields,
        "Fields in a head. Beyond: 431.");

    private static readonly Key<long> Body = Key.Optional("body", new SizeSchema(0, 1L << 40), Defaults.Body,
        "Bytes of a request body. Beyond: 413.", "client_max_body_size");

    private static readonly Key<long> Inspect = Key.Optional("inspect", new SizeSchema(0, 1024 * 1024), Defaults.Inspect,
        "Bytes of a request body that are held to decide on a route by what is in it. A larger body meets no such condition.");

    private static readonly Key<int> Connections = Key.Optional("connections", new WholeNumberSchema<int>(1, 1_000_000),
        Defaults.Connections,
        "Client connections at a time; more wait in the kernel's queue.", "maxconn");

    public static readonly ObjectSchema<GatewayLimitOptions> Schema = new(
        "limits", "What one request, response and connection may be at most.", [Head, Fields, Body, Inspect, Connections],
        values => new GatewayLimitOptions
        {
            Head = (int)values.Get(Head),
            Fields = values.Get(Fields),
            Body = values.Get(Body),
            Inspect = (int)values.Get(Inspect),
            Connections = values.Get(Connections),
        });
}
