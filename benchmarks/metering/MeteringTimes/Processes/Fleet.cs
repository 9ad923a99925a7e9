using System.Globalization;
using Metering.Schema;

namespace MeteringTimes.Processes;

/// <summary>Starts instances of the service and what stands in front of them.</summary>
/// <param name="root">The repository.</param>
/// <param name="folder">A folder for configurations and logs.</param>
/// <param name="redis">host:port of Redis, or empty for none.</param>
internal sealed class Fleet(string root, string folder, string redis)
{
    public const string Key = DemoData.AcmeKey;

    /// <summary>Starts an instance with the settings of the load profiles: no breaker, one attempt.</summary>
    public Task<Server> StartMeteringAsync(string database, string name, string window = "30s", string grace = "5s")
    {
        var port = Server.FreePort();
        return Server.StartAsync(
            folder,
            Path.Combine(root, "artifacts/bin/Metering/release/Metering"),
            [],
            port,
            "/readyz",
            [
                ("PORT", port.ToString(CultureInfo.InvariantCulture)), ("METERING_DATABASE", database),
                ("METERING_REDIS", redis.Length > 0 ? $"redis://{redis}" : ""),
                ("METERING_PROFILES", "k6"), ("METERING_SEED", "demo"), ("METERING_INSTANCE", name), ("METERING_WINDOW", window), ("METERING_GRACE", grace),
            ]);
    }

    /// <summary>Starts the gateway of the program, as deploy/metering/multi.yaml has it.</summary>
    public Task<Server> StartGatewayAsync(params Server[] instances)
    {
        var port = Server.FreePort();
        var file = Path.Combine(folder, "gateway.yaml");
        File.WriteAllText(file, $$"""
            version: 1
            name: metering-benchmark
            services:
              app:
                addresses: [{{string.Join(", ", instances.Select(one => $"\"{one.Address}\""))}}]
                health: { ready: /actuator/health, timeout: 5s }
            gateway:
              listen: 127.0.0.1:{{port}}
              routes:
                - { service: app, balance: round-robin }
            """);
        return Server.StartAsync(folder, Path.Combine(root, "artifacts/bin/EvenKeel.Cli/release/evenkeel"), ["gateway", file], port, "/readyz", []);
    }

    /// <summary>Starts nginx with deploy/nginx/nginx.conf.</summary>
    public Task<Server> StartNginxAsync(string program, params Server[] instances)
    {
        var port = Server.FreePort();
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, File.ReadAllText(Path.Combine(root, "deploy/nginx/nginx.conf"))
            .Replace("${FOLDER}", folder, StringComparison.Ordinal)
            .Replace("${LISTEN}", $"127.0.0.1:{port}", StringComparison.Ordinal)
            .Replace("${SERVERS}", string.Concat(instances.Select(one => $"server {one.Address};")), StringComparison.Ordinal));
        return Server.StartAsync(folder, program, ["-p", folder, "-e", "stderr", "-c", file, "-g", "daemon off;"], port, "/nginx-health", [], "QUIT");
    }
}
