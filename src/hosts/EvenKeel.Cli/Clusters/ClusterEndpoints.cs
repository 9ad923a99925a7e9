using System.Collections.Concurrent;
using System.Net;
using EvenKeel.Cli.Control;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Cli.Clusters;

/// <summary>
/// What operators do with endpoints by hand. Any endpoint can be drained and undrained, but one that the fleet drains in order to stop it stays
/// drained. Only servers of services of addresses can be added and removed: instances are the fleet's, see <c>scale</c>.
/// </summary>
/// <param name="directory">The endpoints.</param>
/// <param name="cluster">The options in force.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterEndpoints(EndpointDirectory directory, Func<ClusterOptions> cluster, TimeProvider time)
{
    private readonly ConcurrentDictionary<EndpointState, bool> _drained = [];
    private readonly Lock _gate = new();

    /// <summary>All endpoints, by service and name.</summary>
    public IEnumerable<EndpointView> List() => directory.Endpoints
        .OrderBy(endpoint => endpoint.Service, StringComparer.Ordinal).ThenBy(endpoint => endpoint.Name.Length)
        .ThenBy(endpoint => endpoint.Name, StringComparer.Ordinal).Select(ViewOf);

    /// <summary>Sends an endpoint no new request, and waits until none is under way.</summary>
    /// <exception cref="CommandException">There is none of that name, or requests were still under way at the end.</exception>
    public async Task<EndpointView> DrainAsync(string name, TimeSpan wait, CancellationToken cancellation)
    {
        var endpoint = Find(name);
        if (!endpoint.IsDraining)
        {
            _drained[endpoint] = true;
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
            if (endpoint.IsDraining && !_drained.TryRemove(endpoint, out _))
            {
                throw new CommandException(ExitCode.Environment, "EK4004", $"{name} is being stopped and cannot be undrained");
            }

            return ViewOf(endpoint.IsDraining ? directory.Add(endpoint.Service, name, endpoint.Address, endpoint.Status) : endpoint);
        }
    }

    /// <summary>Forgets that an endpoint was drained by hand: from now on the fleet drains it.</summary>
    public void Withdraw(string name)
    {
        if (directory.Find(name) is { } endpoint)
        {
            _drained.TryRemove(endpoint, out _);
        }
    }

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
        _drained.TryRemove(endpoint, out _);
        return ViewOf(directory.Remove(name) ?? endpoint);
    }

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
