using System.Globalization;
using EvenKeel.Configuration.Model;
using EvenKeel.Configuration.Values;

namespace EvenKeel.Fleet.Servers;

/// <summary>
/// Turns the services of a file into services that a fleet can run: 1. servers of a kind, and the instances that they balance or scrape, get
/// ports that stay; 2. each server is set up in its folder; 3. references to servers are replaced.
/// </summary>
public static class ServerPlan
{
    private const string Host = "127.0.0.1";

    /// <summary>Makes the plan, and what the servers need on the disk.</summary>
    /// <param name="services">The services of the file.</param>
    /// <param name="site">Where and with what.</param>
    /// <param name="cancellationToken">Ends the work; what is half done is begun anew by the next plan.</param>
    /// <returns>The services in the same order. Without servers of a kind they are the same.</returns>
    /// <exception cref="ServerUnavailableException">A server is not installed or cannot be set up.</exception>
    public static async Task<IReadOnlyList<ServiceOptions>> PrepareAsync(
        IReadOnlyList<ServiceOptions> services, ServerSite site, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(site);
        if (!services.Any(service => service.Server is not null))
        {
            return services;
        }

        // 1.
        var targets = services.SelectMany(service => service.Server?.Targets ?? []).ToHashSet(StringComparer.Ordinal);
        List<ServiceOptions> placed = [.. services.Select(service => WithPorts(service, targets, site))];

        // 2.
        var planned = new List<ServiceOptions>(placed.Count);
        foreach (var service in placed)
        {
            planned.Add(service.Server is { } server ? await SetUpAsync(service, server, placed, site, cancellationToken).ConfigureAwait(false) : service);
        }

        // 3.
        return [.. planned.Select(service => service with
        {
            Environment = service.Environment.ToDictionary(
                variable => variable.Key, variable => ServiceReference.Replace(variable.Value, (name, field) => Field(planned, name, field))),
        })];
    }

    /// <summary>Where the servers of a plan are, as URIs by the name of the service.</summary>
    /// <param name="planned">What <see cref="PrepareAsync"/> returned.</param>
    public static IReadOnlyDictionary<string, string> ConnectionsOf(IReadOnlyList<ServiceOptions> planned)
    {
        ArgumentNullException.ThrowIfNull(planned);
        return planned.Where(service => service.Server is not null)
            .ToDictionary(service => service.Name, service => Field([.. planned], service.Name, "connection")!, StringComparer.Ordinal);
    }

    private static ServiceOptions WithPorts(ServiceOptions service, HashSet<string> targets, ServerSite site) =>
        service.Ports.Count == 0 && !service.IsExternal && (service.Server is not null || targets.Contains(service.Name))
            ? service with { Ports = [.. Enumerable.Range(0, service.Instances).Select(_ => site.PromisePort())] }
            : service;

    private static async Task<ServiceOptions> SetUpAsync(
        ServiceOptions service, ServerOptions server, List<ServiceOptions> all, ServerSite site, CancellationToken cancellationToken)
    {
        var kind = ServerKinds.Of(server.Kind);
        var program = kind.Program.Find(service.Name, server.Program, site.Environment.GetValueOrDefault("PATH"));
        var account = ServerAccount.For(kind.Program.User);
        IReadOnlyList<ServerTarget> targets = [.. server.Targets.SelectMany(name => Instances(all.First(other => other.Name == name)))];
        var setup = new ServerSetup(service, server, program, account, ServerFolder.Make(site, service.Name, account), targets, site);
        return await kind.PrepareAsync(setup, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<ServerTarget> Instances(ServiceOptions service) => service.IsExternal
        ? service.Addresses.Select((address, i) => new ServerTarget(service.Name, $"{service.Name}-{i + 1}", address.ToString()))
        : service.Ports.Select((port, i) => new ServerTarget(service.Name, $"{service.Name}-{i + 1}", AddressOf(port)));

    private static string? Field(List<ServiceOptions> services, string name, string field)
    {
        if (services.Find(service => service.Name == name) is not { Server: { } server } service)
        {
            return null;
        }

        var kind = ServerKinds.Of(server.Kind);
        return field switch
        {
            "connection" => kind.Scheme + AddressOf(service.Ports[0]) + kind.Suffix,
            "host" => Host,
            "port" => service.Ports[0].ToString(CultureInfo.InvariantCulture),
            "address" => AddressOf(service.Ports[0]),
            _ => null,
        };
    }

    private static string AddressOf(int port) => string.Create(CultureInfo.InvariantCulture, $"{Host}:{port}");
}
