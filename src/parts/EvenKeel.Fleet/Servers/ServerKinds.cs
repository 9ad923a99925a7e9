using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Servers.Kinds;

namespace EvenKeel.Fleet.Servers;

/// <summary>The kinds by their word in the file.</summary>
internal static class ServerKinds
{
    private static readonly Dictionary<ServerKind, IServerKind> Known = new()
    {
        [ServerKind.Postgres] = new PostgresKind(),
        [ServerKind.Redis] = new RedisKind(),
        [ServerKind.Nginx] = new NginxKind(),
        [ServerKind.Prometheus] = new PrometheusKind(),
    };

    /// <summary>What is known of a kind.</summary>
    public static IServerKind Of(ServerKind kind) => Known[kind];
}
