using System.Collections.Concurrent;
using System.Net;
using EvenKeel.Cli.Control;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Cli.Clusters;

/// <summary>
/// What operators do with endpoints by hand. Any endpoint can be weighed, drained and disabled, and let back in, but one that the fleet drains in
/// order to stop it stays drained. Only servers of services of addresses can be added and removed: instances are the fleet's, see <c>scale</c>.
/// </summary>
/// <param name="directory">The endpoints.</param>
/// <param name="cluster">The options in force.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterEndpoints(EndpointDirectory directory, Func<ClusterOptions> cluster, TimeProvider time)
{
    // By name: a reload with other checks puts another endpoint in the place of one, and it stays drained.
    private readonly ConcurrentDictionary<string, bool> _drained = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>All endpoints, by service and name.</summary>
    public IEnumerable<EndpointView> List() => directory.Endpoints
        .OrderBy(endpoint => endpoint.Service, StringComparer.Ordinal).ThenBy(endpoint => endpoint.Name.Length)
        .ThenBy(endpoint => endpoint.Name, StringComparer.Ordinal).Select(ViewOf);

    /// <summary>All services that have endpoints, by name.</summary>
    public IEnumerable<ServiceView> Services()
    {
        var used = directory.Endpoints.Select(endpoint => endpoint.Service).ToHashSet(StringComparer.Ordinal);
        return directory.Services.Where(service => used.Contains(service.Name)).OrderBy(service => service.Name, StringComparer.Ordinal)
            .Select(ServiceViews.Of);
    }

    /// <summary>Sends an endpoint no new request, and waits until none is under way.</summary>
    /// <exception cref="CommandException">There is none of that name, or requests were still under way at the end.</exception>
    public async Task<EndpointView> DrainAsync(string name, TimeSpan wait, CancellationToken cancellation)
    {
        var endpoint = Find(name);
        if (!endpoint.IsDraining)
        {
            _drained[name] = true;
            directory.Drain(name);
        }

        if (wait > TimeSpan.Zero)
        {
            using var limit = new CancellationTokenSource(wait, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            if (await endpoint.WaitForIdleAsync(either.Token) is var left and > 0)
            {
                throw new CommandException(ExitCode.TimedOut, "EK4002", $"{name} drains, and {left} requests are under way after {wait.TotalSeconds} s",
                    "it gets no new ones; wait longer, or see it with 'evenkeel ps'");
            }
        }

        return ViewOf(endpoint);
    }

    /// <summary>Sends an endpoint requests again that was drained by hand.</summary>
    /// <exception cref="CommandException">There is none of that name, or it is drained because it is being stopped.</exception>
    public EndpointView Undrain(string name)
    {
        lock (_gate)
        {
            var endpoint = Find(name);
            if (endpoint.IsDisabled)
            {
                throw new CommandException(ExitCode.Environment, "EK4004", $"{name} is disabled", $"enable it: POST /api/v1/endpoints/{name}:enable");
            }

            return LetBack(endpoint, endpoint.Status);
        }
    }

    /// <summary>Sends an endpoint no new request and has it checked no more; requests under way are finished.</summary>
    /// <exception cref="CommandException">There is none of that name, or it is being stopped.</exception>
    public EndpointView Disable(string name)
    {
        lock (_gate)
        {
            var endpoint = Find(name);
            if (endpoint.IsDraining && !_drained.ContainsKey(name))
            {
                throw BeingStopped(name, "disabled");
            }

            _drained[name] = true;
            directory.Disable(name);
            return ViewOf(endpoint);
        }
    }

    /// <summary>Lets a disabled endpoint back in: its first check admits it. One that is not disabled stays as it is.</summary>
    /// <exception cref="CommandException">There is none of that name, or it is being stopped.</exception>
    public EndpointView Enable(string name)
    {
        lock (_gate)
        {
            var endpoint = Find(name);
            return endpoint.IsDisabled ? LetBack(endpoint, HealthStatus.Starting) : ViewOf(endpoint);
        }
    }

    /// <summary>Gives an endpoint a weight, which counts before the file's until the next start.</summary>
    /// <exception cref="CommandException">There is none of that name.</exception>
    public EndpointView Weigh(string name, int weight) => ViewOf(directory.SetWeight(name, weight) ?? Find(name));

    /// <summary>Forgets that an endpoint was drained by hand: from now on the fleet drains it.</summary>
    public void Withdraw(string name) => _drained.TryRemove(name, out _);

    /// <summary>Adds a server to a service of addresses until the next start; its first check admits it.</summary>
    /// <exception cref="CommandException">There is no such service, it has a command, or it has the address.</exception>
    public EndpointView Add(string service, IPEndPoint address)
    {
        RefuseInstances(service);
        lock (_gate)
        {
            if (directory.Endpoints.FirstOrDefault(endpoint => endpoint.Service == service && endpoint.Address.Equals(address)) is { } there)
            {
                throw new CommandException(ExitCode.Environment, "EK4004", $"{there.Name} has the address {address} already");
            }

            var names = directory.Endpoints.Select(endpoint => endpoint.Name).ToHashSet(StringComparer.Ordinal);
            var name = Enumerable.Range(1, names.Count + 1).Select(number => FormattableString.Invariant($"{service}-{number}"))
                .First(free => !names.Contains(free));
            return ViewOf(directory.Add(service, name, address, HealthStatus.Starting));
        }
    }

    /// <summary>Takes a server out of a service of addresses until the next start. Requests under way are finished.</summary>
    /// <exception cref="CommandException">There is none of that name, or it is an instance of a command.</exception>
    public EndpointView Remove(string name)
    {
        var endpoint = Find(name);
        RefuseInstances(endpoint.Service);
        _drained.TryRemove(name, out _);
        var removed = directory.Remove(name) ?? endpoint;
        directory.ForgetWeight(name);
        return ViewOf(removed);
    }

    // What has drained stays so: another endpoint takes its place.
    private EndpointView LetBack(EndpointState endpoint, HealthStatus status)
    {
        if (endpoint.IsDraining && !_drained.TryRemove(endpoint.Name, out _))
        {
            throw BeingStopped(endpoint.Name, endpoint.IsDisabled ? "enabled" : "undrained");
        }

        return ViewOf(endpoint.IsDraining ? directory.Add(endpoint.Service, endpoint.Name, endpoint.Address, status) : endpoint);
    }

    private static CommandException BeingStopped(string name, string participle)
        => new(ExitCode.Environment, "EK4004", $"{name} is being stopped and cannot be {participle}");

    private void RefuseInstances(string service)
    {
        var options = cluster().Services.FirstOrDefault(one => one.Name == service);
        if (options is not { IsExternal: true })
        {
            throw options is null
                ? new CommandException(ExitCode.NotFound, "EK4001", $"there is no service '{service}'")
                : new CommandException(ExitCode.Environment, "EK4004", $"'{service}' has a command: its instances come and go with 'evenkeel scale'");
        }
    }

    private EndpointState Find(string name) => directory.Find(name) ?? throw new CommandException(
        ExitCode.NotFound, "EK4001", $"there is no endpoint '{name}'", $"there are: {string.Join(", ", List().Select(endpoint => endpoint.Name))}");

    private EndpointView ViewOf(EndpointState endpoint) => EndpointViews.Of(
        endpoint, cluster().Services.FirstOrDefault(service => service.Name == endpoint.Service) is { IsExternal: true });
}
