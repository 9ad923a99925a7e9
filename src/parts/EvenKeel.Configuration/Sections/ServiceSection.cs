using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using EvenKeel.Configuration.Binding;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Nodes;
using EvenKeel.Configuration.Schema;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Sections;

/// <summary>A named group of identical instances: of one command, or servers elsewhere that are known by their addresses.</summary>
internal static class ServiceSection
{
    public const int MaxInstances = 100;

    /// <summary>A name such as web-1 is the name of an instance, so no service may have one.</summary>
    public const string NamePattern = "^(?!.*-[0-9]+$)[A-Za-z][A-Za-z0-9-]{0,39}$";

    private const string PortsWanted = "a list of ports such as [8081, 8082], or 'auto'";

    private static readonly ListSchema<string> Words = new(Scalars.AnyText, "words", 1, 1000);

    private static readonly Key<IReadOnlyList<string>> Command = Key.Absent(
        "command", new ShapeSchema<IReadOnlyList<string>> { Single = new CommandSchema(), List = Words }, "the service has `addresses`",
        "The program and its arguments, as one line or as a list. It runs in no shell. `{port}` in an argument is replaced by the instance's port.",
        "cmd", "run", "exec", "entrypoint");

    private static readonly Key<IReadOnlyList<IPEndPoint>> Addresses = Key.Absent(
        "addresses", new ListSchema<IPEndPoint>(new EndpointSchema { IsRemote = true }, "addresses", 1, MaxInstances), "the service has a `command`",
        "Where servers listen that run elsewhere. They are balanced and checked, and neither started nor stopped.",
        "endpoints", "servers", "hosts", "backends", "upstreams");

    private static readonly Key<string> Directory = Key.Absent("directory", Scalars.Text, "the file's folder",
        "The working directory of the instances, relative to the file.", "working_dir", "cwd", "dir", "workdir");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, string>>> Env = Key.Absent(
        "env", new MapSchema<string>(Scalars.ReferringText, "variables", "a variable's name", "^[^= \t]+$", 0, 1000), "nothing is added",
        "Variables added to the environment of each instance. They may [refer to servers](#references).", "environment", "vars");

    private static readonly Key<int> Instances = Key.Absent("instances", new WholeNumberSchema<int>(1, MaxInstances),
        "the number of `ports`, or 1",
        "How many instances to run.", "replicas", "count", "scale", "size");

    private static readonly Key<IReadOnlyList<int>> Ports = Key.Optional(
        "ports",
        new ShapeSchema<IReadOnlyList<int>>
        {
            Single = new WordSchema<IReadOnlyList<int>>(("auto", [])) { Wanted = PortsWanted },
            List = new ListSchema<int>(Scalars.Port, "ports", 1, MaxInstances),
            Wanted = PortsWanted,
        },
        [], "The ports of the instances in order, or `auto` for free ones. An instance finds its port in the variable `PORT`.", "listen");

    private static readonly Key<IReadOnlyList<KeyValuePair<string, int>>> Weights = Key.Absent(
        "weights", new MapSchema<int>(new WholeNumberSchema<int>(1, 1000), "weights", "an instance such as web-1", "^[A-Za-z][A-Za-z0-9-]*-[1-9][0-9]*$",
            1, MaxInstances),
        "every instance has 1", "The weights of instances by name, for policies that know weights. Addresses have names in their order.", "weight");

    private static readonly Key<IReadOnlyList<string>> After = Key.Optional("after",
        new ListSchema<string>(new ServiceNameSchema(), "services", 0, 100), [],
        "Services that must be ready before the instances are started, besides those that `env` refers to.", "depends_on", "needs", "requires");

    private static readonly Key<HealthOptions> Health = Key.Optional("health", HealthSection.Schema, HealthSection.Defaults,
        "How it is found out that an instance can serve.", "healthcheck", "probes");

    private static readonly Key<RestartOptions> Restart = Key.Optional("restart", RestartSection.Schema, RestartSection.Defaults,
        "What happens after an instance ended by itself.");

    private static readonly Key<DrainOptions> Drain = Key.Optional("drain", DrainSection.Schema, DrainSection.Defaults,
        "How an instance is stopped.", "shutdown", "stop");

    /// <summary>A service; its name is the key that it stands under and is filled in there.</summary>
    public static readonly ObjectSchema<ServiceOptions> Schema = new(
        "service",
        "A named group of identical instances: of one command, servers elsewhere with their addresses, or a server of a kind. Those of `web` are called `web-1`, `web-2` and so on.",
        [
            Command, Addresses, ServerSection.Kind, Directory, Instances, Ports, Env, After, Weights, Health, Restart, Drain,
            ServerSection.Port, ServerSection.Program, ServerSection.Targets, ServerSection.Template, ServerSection.Settings,
        ],
        Create)
    {
        Check = Check,
        Alternatives = [[[Command], [Addresses], [ServerSection.Kind]]],
    };

    private static ServiceOptions Create(KeyValues values)
    {
        IReadOnlyList<int> ports = values.FindValue(ServerSection.Port) is { } port ? [port] : values.Get(Ports);
        var addresses = values.Find(Addresses) ?? [];
        var service = new ServiceOptions
        {
            Server = ServerSection.Create(values),
            Name = values.Path[(values.Path.LastIndexOf('.') + 1)..],
            Command = values.Find(Command) ?? [],
            Addresses = addresses,
            Directory = Path.GetFullPath(values.Find(Directory) ?? ".", values.Context.Directory),
            Environment = values.Find(Env)?.ToDictionary(StringComparer.Ordinal) ?? [],
            Instances = values.FindValue(Instances) ?? Math.Max(1, ports.Count + addresses.Count),
            Ports = ports,
            Weights = values.Find(Weights)?.ToDictionary(StringComparer.Ordinal) ?? (IReadOnlyDictionary<string, int>)ReadOnlyDictionary<string, int>.Empty,
            Health = values.Get(Health),
            Restart = values.Get(Restart),
            Drain = values.Get(Drain),
        };
        return service with { After = StartOrder.Of(service, values.Get(After)) };
    }

    private static void Check(KeyValues values)
    {
        CheckPorts(values);
        CheckWeights(values);
        ServerSection.Check(values, [Command, Addresses, Directory, Instances, Ports, Weights]);
        CheckAfter(values);
        if (values.Has(Addresses))
        {
            CheckAddresses(values);
        }
        else if (!values.Has(Command) && !values.Has(ServerSection.Kind))
        {
            values.Fail(DiagnosticCodes.MissingKey, values.Map.Head, $"{BindingContext.Subject(values.Path)} lacks the key 'command'",
                "'command' is required", $"add 'command:' with {Command.Schema.Expectation}; 'addresses:' when its servers run elsewhere; or 'kind:'");
        }
    }

    // What runs elsewhere is not started, so that nobody can start after it.
    private static void CheckAfter(KeyValues values)
    {
        foreach (var name in (values.Map.Find("after") as ConfigList)?.Items.OfType<ConfigScalar>() ?? [])
        {
            if (values.Context.Facts.External.Contains(name.Text))
            {
                values.Fail(DiagnosticCodes.Contradiction, name.Span, $"{ConfigScalar.Quote(name.Text)} has addresses and is not started", null,
                    "say in 'needs' that it must answer");
            }
        }
    }

    private static void CheckAddresses(KeyValues values)
    {
        const string Started = "a service of addresses is not started: remove one of the two";
        foreach (var key in (Key[])[Command, Directory, Env, Instances, Ports, Restart, After])
        {
            values.RefuseBoth(key, Addresses, Started);
        }

        var seen = new Dictionary<IPEndPoint, int>();
        foreach (var item in (values.Map.Find("addresses") as ConfigList)?.Items.OfType<ConfigScalar>() ?? [])
        {
            if (EndpointText.TryParse(item.Text, out var address) && !seen.TryAdd(address, item.Span.Line))
            {
                values.Fail(DiagnosticCodes.DuplicateAddress, item.Span, $"the address {address} is given twice", $"first given on line {seen[address]}");
            }
        }
    }

    private static void CheckWeights(KeyValues values)
    {
        var service = values.Path[(values.Path.LastIndexOf('.') + 1)..];
        foreach (var (name, _) in (values.Map.Find("weights") as ConfigMap)?.Entries ?? [])
        {
            // A name of another form was refused already.
            var dash = name.Text.LastIndexOf('-');
            if (dash < 0 || !int.TryParse(name.Text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                continue;
            }

            if (!InstanceNameSchema.TryFind(name, values.Context))
            {
                values.MarkFailed();
            }
            else if (name.Text[..dash] != service)
            {
                values.Fail(DiagnosticCodes.UnknownInstance, name.Span, $"{ConfigScalar.Quote(name.Text)} is not an instance of '{service}'", null,
                    "give its weight in the section of its own service");
            }
        }
    }

    private static void CheckPorts(KeyValues values)
    {
        if (values.Map.Find("ports") is ConfigList { Items.Count: > 0 } ports
            && values.Has(Instances) && values.TryGet(Instances, out var instances) && ports.Items.Count != instances)
        {
            values.Fail(DiagnosticCodes.PortCount, values.KeySpan(Ports), $"there are {ports.Items.Count} ports for {instances} instances",
                $"expected {instances}", "give one port for each instance, or leave 'instances' out, or write 'ports: auto'");
        }

        if (values.Map.Find("directory") is ConfigScalar directory && directory.Text.Contains('\0', StringComparison.Ordinal))
        {
            values.Fail(DiagnosticCodes.BadText, directory.Span, "'directory' contains a zero byte");
        }
    }
}
