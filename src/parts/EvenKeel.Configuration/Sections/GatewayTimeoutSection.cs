using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>How long each stage of an exchange may take.</summary>
internal static class GatewayTimeoutSection
{
    private static readonly GatewayTimeoutOptions Defaults = new();

    private static readonly Key<TimeSpan> Connect = Key.Optional("connect", Scalars.Positive, Defaults.Connect,
        "Until an instance accepts a connection.");

    private static readonly Key<TimeSpan> Head = Key.Optional("head", Scalars.Positive, Defaults.Head,
        "Until a client's whole request head has arrived. Beyond: 408.");

    private static readonly Key<TimeSpan> Idle = Key.Optional("idle", Scalars.Positive, Defaults.Idle,
        "Without progress in either direction of a body.");

    private static readonly Key<TimeSpan> Response = Key.Optional("response", Scalars.Positive, Defaults.Response,
        "From the last byte of the request until the response head. Beyond: 504.", "server");

    private static readonly Key<TimeSpan> Request = Key.Absent("request", Scalars.Positive, "any time",
        "From a request's head to the end of its response, retries and the wait for a turn included. Beyond: 504, or a broken connection.",
            "total", "overall");

    private static readonly Key<TimeSpan> KeepAlive = Key.Optional("keepAlive", Scalars.Positive, Defaults.KeepAlive,
        "An idle client connection between two requests.");

    public static readonly ObjectSchema<GatewayTimeoutOptions> Schema = new(
        "timeouts", "How long each stage of an exchange may take.", [Connect, Head, Idle, Response, Request, KeepAlive],
        values => new GatewayTimeoutOptions
        {
            Connect = values.Get(Connect),
            Head = values.Get(Head),
            Idle = values.Get(Idle),
            Response = values.Get(Response),
            Request = values.FindValue(Request),
            KeepAlive = values.Get(KeepAlive),
        });
}
