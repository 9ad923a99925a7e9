using System.Globalization;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Fleet.Servers.Kinds;

/// <summary>Redis on loopback only, without a password, with an append-only file that is synced every second.</summary>
internal sealed class RedisKind : IServerKind
{
    /// <inheritdoc />
    public ServerProgram Program { get; } = new("redis-server", "redis-server", "redis", "/usr/bin");

    /// <inheritdoc />
    public string Scheme => "redis://";

    /// <inheritdoc />
    public string Suffix => "";

    /// <inheritdoc />
    public Task<ServiceOptions> PrepareAsync(ServerSetup setup, CancellationToken cancellationToken)
    {
        var data = Path.Combine(setup.Folder, "data");
        Directory.CreateDirectory(data);
        ServerFolder.Own(data, setup.Account);
        var settings = setup.Server.Settings.SelectMany(setting => (string[])["--" + setting.Key, setting.Value]);
        var service = setup.Run(
            [
                "--port", setup.Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", data,
                "--appendonly", "yes", "--save", "", "--daemonize", "no", .. settings,
            ]);
        return Task.FromResult(service with
        {
            Health = service.Health with { Protocol = ProbeProtocol.Redis },
            Drain = service.Drain with { Timeout = TimeSpan.Zero },
        });
    }
}
