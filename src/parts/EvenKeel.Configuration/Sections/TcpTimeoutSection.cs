using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>How long each stage of a TCP connection may take.</summary>
internal static class TcpTimeoutSection
{
    private static readonly TcpTimeoutOptions Defaults = new();

    private static readonly Key<TimeSpan> Handshake = Key.Optional("handshake", Scalars.Positive, Defaults.Handshake,
        "Until the PROXY header and the first message of TLS have arrived, where they are read.", "hello");

    private static readonly Key<TimeSpan> Connect = Key.Optional("connect", Scalars.Positive, Defaults.Connect,
        "Until an instance accepts the connection; another one is tried then.");

    private static readonly Key<TimeSpan> Idle = Key.Optional("idle", Scalars.Positive, Defaults.Idle,
        "Without a byte in either direction.", "client", "server");

    public static readonly ObjectSchema<TcpTimeoutOptions> Schema = new(
        "tcp-timeouts", "How long each stage of a TCP connection may take.", [Handshake, Connect, Idle],
        values => new TcpTimeoutOptions { Handshake = values.Get(Handshake), Connect = values.Get(Connect), Idle = values.Get(Idle) });
}
