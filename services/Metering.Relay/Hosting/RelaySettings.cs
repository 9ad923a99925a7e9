using System.Globalization;
using System.Net;

namespace Metering.Relay.Hosting;

/// <summary>What the environment says.</summary>
public sealed record RelaySettings
{
    /// <summary>The port to listen on: <c>PORT</c>.</summary>
    public required int Port { get; init; }

    /// <summary>Where PostgreSQL is: <c>RELAY_TARGET</c>.</summary>
    public required IPEndPoint Target { get; init; }

    /// <summary>How long an answer stays on the way: <c>RELAY_DELAY</c>, in milliseconds, 0 to 10,000.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Behind how many commits a connection is cut: <c>RELAY_CUT</c>, 0 (never) to 1,000,000.</summary>
    public int Cut { get; init; }

    /// <summary>Reads the variables.</summary>
    /// <param name="variable">The value of a variable, or null.</param>
    /// <exception cref="FormatException">One of them is missing or cannot be meant so; the message names it and what it may be.</exception>
    public static RelaySettings Read(Func<string, string?> variable) => new()
    {
        Port = Number(variable, "PORT", null, 0, 65535),
        Target = IPEndPoint.TryParse(variable("RELAY_TARGET") ?? "", out var target) && target.Port > 0 ? target
            : throw new FormatException($"RELAY_TARGET is '{variable("RELAY_TARGET")}': it has to be the address of a PostgreSQL, such as 127.0.0.1:5432."),
        Delay = TimeSpan.FromMilliseconds(Number(variable, "RELAY_DELAY", 0, 0, 10_000)),
        Cut = Number(variable, "RELAY_CUT", 0, 0, 1_000_000),
    };

    private static int Number(Func<string, string?> variable, string name, int? otherwise, int least, int most) =>
        string.IsNullOrWhiteSpace(variable(name)) && otherwise is { } number ? number
        : int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var read) && read >= least && read <= most ? read
        : throw new FormatException($"{name} is '{variable(name)}': it has to be a number from {least} to {most}.");
}
