using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;

namespace EvenKeel.Gateway.Endpoints;

/// <summary>
/// Keeps the endpoints of services of addresses as a file says: what the file adds is added, what it no longer has is removed, and what stays is
/// left alone, with its name, its counters and its connections. A name is the service's with the lowest free number. Requests to a removed
/// endpoint are finished. One caller at a time.
/// </summary>
/// <param name="directory">The endpoints of all services.</param>
public sealed class StaticEndpoints(EndpointDirectory directory)
{
    private readonly Dictionary<(string Service, IPEndPoint Address), Placed> _placed = [];

    /// <summary>Brings the directory to what the services say.</summary>
    /// <param name="services">All services of a file; those with a command are passed over.</param>
    /// <returns>How many were added and removed.</returns>
    public StaticChange Apply(IEnumerable<ServiceOptions> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        var wanted = services.Where(service => service.IsExternal)
            .SelectMany(service => service.Addresses.Select(address => (Key: (service.Name, address), service.Health)))
            .ToDictionary(one => one.Key, one => one.Health);
        var gone = _placed.Keys.Where(key => !wanted.ContainsKey(key)).ToList();
        foreach (var key in gone)
        {
            directory.Remove(_placed[key].Name);
            directory.ForgetWeight(_placed[key].Name);
            _placed.Remove(key);
        }

        var added = 0;
        foreach (var (key, health) in wanted)
        {
            if (!_placed.TryGetValue(key, out var placed))
            {
                // Nobody has seen it yet: the first check admits it.
                var name = FreeName(key.Name);
                directory.Add(key.Name, name, key.address, HealthStatus.Starting);
                _placed[key] = new Placed(name, health);
                added++;
            }
            else if (placed.Health != health)
            {
                CheckAnew(key.Name, key.address, placed.Name);
                _placed[key] = placed with { Health = health };
            }
        }

        return new StaticChange(added, gone.Count);
    }

    // An endpoint's checks begin with it: for other checks it takes its own place, as well as it was.
    private void CheckAnew(string service, IPEndPoint address, string name)
    {
        // One that was taken out by hand stays out.
        if (directory.Find(name) is not { } before)
        {
            return;
        }

        var (drained, disabled) = (before.IsDraining, before.IsDisabled);
        var after = directory.Add(service, name, address, before.Status);
        if (disabled)
        {
            after.Disable();
        }
        else if (drained)
        {
            after.Drain();
        }
    }

    private string FreeName(string service)
    {
        var taken = directory.Endpoints.Select(endpoint => endpoint.Name).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, taken.Count + 1).Select(number => FormattableString.Invariant($"{service}-{number}")).First(name => !taken.Contains(name));
    }

    private sealed record Placed(string Name, HealthOptions Health);
}
