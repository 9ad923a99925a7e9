using EvenKeel.Configuration.Model;

namespace EvenKeel.Configuration.Changes;

/// <summary>
/// What differs between the configuration that runs and a new one, and what of it can be taken over without a restart: routes, time-outs,
/// limits, retries, protection, traces, regions and certificates of the gateway, TLS to instances, TCP listeners but the number of their
/// connections, weights, and all of services with addresses. Everything else needs a restart unless it is listed here. What only later
/// commands read (<c>needs</c>, <c>load</c>, <c>prove</c>) is no change of what runs.
/// </summary>
public static class ConfigurationChanges
{
    private static readonly string[] Live =
    [
        "gateway.routes", "gateway.timeouts", "gateway.limits", "gateway.trace", "gateway.affinitySecret", "gateway.regions", "gateway.places",
        "gateway.tls.certificates", "gateway.tcp", "gateway.retry", "gateway.resilience", "gateway.encodedSlashes",
    ];
    private static readonly string[] NotLive = ["gateway.limits.connections"];
    private static readonly string[] NotRunning = ["version", "needs", "load", "prove"];

    /// <summary>The changes, by path; empty when both say the same.</summary>
    /// <param name="before">What runs; valid.</param>
    /// <param name="after">What shall run; valid.</param>
    public static IReadOnlyList<ConfigurationChange> Between(ConfigurationResult before, ConfigurationResult after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Cluster is not { } old || after.Cluster is not { } next)
        {
            throw new ArgumentException("Only valid configurations can be compared.");
        }

        // By address: the numbers of the list shift when one is added or taken out.
        var limits = TcpLimits(old, next).ToHashSet(StringComparer.Ordinal);
        var changed = Values(before).Except(Values(after)).Concat(Values(after).Except(Values(before))).Select(value => value.Path)
            .Concat(Variables(old, next))
            .Concat(limits)
            .Concat(old.Gateway.AffinitySecret == next.Gateway.AffinitySecret ? [] : ["gateway.affinitySecret"])
            .Where(path => !NotRunning.Any(root => IsBelow(path, root)));
        return [.. changed.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(path => new ConfigurationChange(path, limits.Contains(path) || !IsLive(path, old, next)))];
    }

    private static IEnumerable<(string Path, string Value)> Values(ConfigurationResult result) =>
        result.Origins.Select(origin => (origin.Path, origin.Value));

    // The listed values hide secrets, so that variables are compared themselves.
    private static IEnumerable<string> Variables(ClusterOptions before, ClusterOptions after) =>
        from old in before.Services
        from next in after.Services
        where old.Name == next.Name
        from name in old.Environment.Keys.Union(next.Environment.Keys)
        where old.Environment.GetValueOrDefault(name) != next.Environment.GetValueOrDefault(name)
        select $"services.{old.Name}.env.{name}";

    private static bool IsLive(string path, ClusterOptions before, ClusterOptions after)
    {
        if (!IsBelow(path, "services"))
        {
            return (Live.Any(root => IsBelow(path, root)) && !NotLive.Any(root => IsBelow(path, root)))
                || path.Split('.') is ["gateway", "services", _, "tls" or "breaker" or "concurrency" or "retryBudget", ..];
        }

        var parts = path.Split('.');
        var name = parts[1];
        return parts is [_, _, "weights", ..] || (IsExternal(before) && IsExternal(after));

        bool IsExternal(ClusterOptions cluster) => cluster.Services.FirstOrDefault(service => service.Name == name)?.IsExternal ?? true;
    }

    private static IEnumerable<string> TcpLimits(ClusterOptions before, ClusterOptions after) =>
        from next in after.Gateway.Tcp.Select((options, index) => (Options: options, Index: index))
        where before.Gateway.Tcp.FirstOrDefault(old => old.Listen.Equals(next.Options.Listen)) is { } old && old.Connections != next.Options.Connections
        select $"gateway.tcp[{next.Index}].connections";

    private static bool IsBelow(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal) && (path.Length == root.Length || path[root.Length] is '.' or '[');
}
