using System.Globalization;
using System.Text;

namespace EvenKeel.State.Server.Commands;

/// <summary>INFO [section ...]: lines of name:value under the headings server, clients, memory, stats and keyspace.</summary>
internal static class InfoCommand
{
    /// <summary>The version of Redis whose replies the conformance tests compare with; clients choose their features by it.</summary>
    public const string CompatibleVersion = "7.0.15";

    public static void Run(CommandContext context)
    {
        var text = new StringBuilder();
        Add(context, text, "Server",
            ("redis_version", CompatibleVersion),
            ("redis_mode", "standalone"),
            ("server_name", "evenkeel"),
            ("process_id", Environment.ProcessId),
            ("tcp_port", context.Counters.Port),
            ("uptime_in_seconds", context.Counters.UptimeSeconds));
        Add(context, text, "Clients", ("connected_clients", context.Counters.Clients), ("maxclients", context.Counters.MaxClients));
        Add(context, text, "Memory",
            ("used_memory", context.Keys.UsedBytes), ("maxmemory", context.Counters.MaxMemory), ("maxmemory_policy", "noeviction"));
        Add(context, text, "Stats",
            ("total_connections_received", context.Counters.Accepted),
            ("total_commands_processed", context.Counters.Commands),
            ("rejected_connections", context.Counters.Rejected),
            ("expired_keys", context.Keys.ExpiredTotal));
        if (context.Keys.Count > 0)
        {
            Add(context, text, "Keyspace", ("db0", string.Create(CultureInfo.InvariantCulture,
                $"keys={context.Keys.Count},expires={context.Keys.ExpiringCount},avg_ttl=0")));
        }
        else
        {
            Add(context, text, "Keyspace");
        }

        context.Output.WriteBulk(text.ToString());
    }

    private static void Add(CommandContext context, StringBuilder text, string section, params ReadOnlySpan<(string Name, object Value)> lines)
    {
        if (!IsWanted(context, section))
        {
            return;
        }

        text.Append(text.Length > 0 ? "\r\n" : "").Append("# ").Append(section).Append("\r\n");
        foreach ((string name, object value) in lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}:{value}\r\n");
        }
    }

    private static bool IsWanted(CommandContext context, string section)
    {
        for (int i = 1; i < context.Count; i++)
        {
            if (context.Is(i, section) || context.Is(i, "all") || context.Is(i, "default") || context.Is(i, "everything"))
            {
                return true;
            }
        }

        return context.Count == 1;
    }
}
