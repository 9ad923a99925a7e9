using System.Globalization;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Fleet.Servers.Kinds;

/// <summary>
/// PostgreSQL on loopback only, without passwords: whoever can connect to this machine's loopback can use it. No Unix socket is made,
/// because the path of one may not be longer than 107 bytes.
/// </summary>
internal sealed class PostgresKind : IServerKind
{
    /// <inheritdoc />
    public ServerProgram Program { get; } = new("postgres", "postgresql", "postgres", "/usr/lib/postgresql/*/bin");

    /// <inheritdoc />
    public string Scheme => "postgres://postgres@";

    /// <inheritdoc />
    public string Suffix => "/postgres";

    /// <inheritdoc />
    public async Task<ServiceOptions> PrepareAsync(ServerSetup setup, CancellationToken cancellationToken)
    {
        var data = Path.Combine(setup.Folder, "data");
        if (!Directory.Exists(data))
        {
            // Made aside, so that an interrupted initdb leaves no half of a database.
            var half = data + ".new";
            if (Directory.Exists(half))
            {
                Directory.Delete(half, recursive: true);
            }

            var initdb = Path.Combine(Path.GetDirectoryName(setup.Program)!, "initdb");
            await setup.RunToEndAsync(initdb, ["-D", half, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C"], cancellationToken)
                .ConfigureAwait(false);
            Directory.Move(half, data);
        }

        var settings = setup.Server.Settings.SelectMany(setting => (string[])["-c", $"{setting.Key}={setting.Value}"]);
        var service = setup.Run(
            [
                "-D", data, "-p", setup.Port.ToString(CultureInfo.InvariantCulture),
                "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", .. settings,
            ]);
        return service with
        {
            Health = service.Health with { Protocol = ProbeProtocol.Postgres },

            // Fast shutdown: SIGTERM would wait until the last client has left.
            Drain = service.Drain with { Timeout = TimeSpan.Zero, Signal = StopSignal.Interrupt },
        };
    }
}
