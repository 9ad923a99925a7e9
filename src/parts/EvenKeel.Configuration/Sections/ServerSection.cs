using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;

namespace EvenKeel.Configuration.Sections;

/// <summary>The keys of a service that make it a server of a kind.</summary>
internal static class ServerSection
{
    public static readonly Key<ServerKind> Kind = Key.Absent("kind",
        new WordSchema<ServerKind>(
            ("postgres", ServerKind.Postgres), ("redis", ServerKind.Redis), ("nginx", ServerKind.Nginx), ("prometheus", ServerKind.Prometheus)),
        "the service has a `command` or `addresses`",
        "A server that is installed on this machine, and is set up, started, checked and stopped with the cluster. See [servers](servers.md).", "type", "image");

    public static readonly Key<int> Port = Key.Absent("port", Scalars.Port, "a free port", "The port of a service of a kind.");

    public static readonly Key<string> Program = Key.Absent("program", Scalars.Text, "where packages put it",
        "The program of a service of a kind, relative to the file.", "binary");

    public static readonly Key<IReadOnlyList<string>> Targets = Key.Absent("targets",
        new ListSchema<string>(new ServiceNameSchema(), "services", 1, 100), "the server has none",
        "The services whose instances nginx balances or Prometheus scrapes. Their instances get ports that stay the same.", "upstream", "scrape");

    public static readonly Key<string> Template = Key.Absent("template", Scalars.Text, "the built-in one",
        "A file from which the configuration of nginx or Prometheus is made, relative to the file.", "config");

    public static readonly Key<IReadOnlyList<KeyValuePair<string, string>>> Settings = Key.Absent("settings",
        new MapSchema<string>(Scalars.AnyText, "settings", "a setting's name", "^[a-z][a-z0-9_.-]*$", 0, 1000), "the server's own defaults",
        "Settings of PostgreSQL or Redis by their names, such as `max_connections`.", "parameters");

    private static readonly Key[] Own = [Port, Program, Targets, Template, Settings];

    /// <summary>What the keys say, or null for a service without a kind.</summary>
    public static ServerOptions? Create(KeyValues values) => values.FindValue(Kind) is not { } kind ? null : new ServerOptions
    {
        Kind = kind,
        Program = PathOf(values, Program),
        Targets = values.Find(Targets) ?? [],
        Template = PathOf(values, Template),
        Settings = values.Find(Settings)?.ToDictionary(StringComparer.Ordinal) ?? [],
    };

    /// <summary>Reports keys that do not go with the kind, or lack one.</summary>
    /// <param name="values">The service.</param>
    /// <param name="foreign">The keys of services that have a command or addresses.</param>
    public static void Check(KeyValues values, IEnumerable<Key> foreign)
    {
        if (!values.Has(Kind))
        {
            foreach (var key in Own.Where(values.Has))
            {
                values.Fail(DiagnosticCodes.ForeignKey, values.KeySpan(key), $"'{key.Name}' belongs to a service with a 'kind'", null,
                    key == Port ? "write 'ports: [8081]' for an instance of a command" : "add for example: kind: postgres");
            }

            return;
        }

        foreach (var key in foreign)
        {
            values.RefuseBoth(key, Kind, "a service of a kind is started by what is known of its kind: remove one of the two");
        }

        if (values.TryGet(Kind, out var kind))
        {
            CheckKind(values, kind);
        }
    }

    private static void CheckKind(KeyValues values, ServerKind kind)
    {
        var word = kind.ToString().ToLowerInvariant();
        var keepsData = kind is ServerKind.Postgres or ServerKind.Redis;
        foreach (var key in (keepsData ? new Key[] { Targets, Template } : [Settings]).Where(values.Has))
        {
            values.Fail(DiagnosticCodes.ForeignKey, values.KeySpan(key), $"a service of the kind {word} has no '{key.Name}'", null,
                keepsData ? "targets are for nginx and prometheus" : "settings are for postgres and redis; here they stand in a 'template'");
        }

        if (!keepsData && !values.Has(Targets))
        {
            values.Fail(DiagnosticCodes.MissingKey, values.Map.Head, $"{BindingContext.Subject(values.Path)} lacks the key 'targets'",
                "'targets' is required", $"name the services whose instances {word} {(kind == ServerKind.Nginx ? "balances" : "scrapes")}: targets: [web]");
        }

        var own = values.Path[(values.Path.LastIndexOf('.') + 1)..];
        foreach (var target in (values.Map.Find("targets") as ConfigList)?.Items.OfType<ConfigScalar>() ?? [])
        {
            if (target.Text == own || values.Context.Facts.Stores.Contains(target.Text))
            {
                values.Fail(DiagnosticCodes.BadTarget, target.Span, $"{ConfigScalar.Quote(target.Text)} cannot be a target of {word}", null,
                    "targets are services that speak HTTP, and not the server itself");
            }
        }
    }

    private static string? PathOf(KeyValues values, Key<string> key) =>
        values.Find(key) is { } path ? Path.GetFullPath(path, values.Context.Directory) : null;
}
