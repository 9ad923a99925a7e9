using EvenKeel.Fleet.Actions;

namespace EvenKeel.Fleet.Instances;

/// <summary>All services and instances of the fleet. In the mailbox only.</summary>
internal sealed class Roster
{
    // Each service draws from seeds of its own.
    private const int SeedsPerService = 1000;

    public Roster(FleetContext fleet)
    {
        var services = fleet.Options.Services;
        Groups = [.. services.Select((service, i) => new ServiceGroup(fleet, service, fleet.Options.Seed + (i * SeedsPerService)))];
    }

    /// <summary>The services in the order of the file.</summary>
    public IReadOnlyList<ServiceGroup> Groups { get; }

    /// <summary>All instances, by service, then by number.</summary>
    public IEnumerable<Instance> Instances => Groups.SelectMany(group => group.Instances);

    /// <summary>The service of this name.</summary>
    /// <exception cref="ServiceNotFoundException">There is none.</exception>
    public ServiceGroup Group(string service) =>
        Groups.FirstOrDefault(group => group.Service.Name == service)
        ?? throw new ServiceNotFoundException(service, [.. Groups.Select(group => group.Service.Name)]);

    /// <summary>The instance of this name.</summary>
    /// <exception cref="InstanceNotFoundException">There is none.</exception>
    public Instance Find(string name) =>
        Instances.FirstOrDefault(instance => instance.Name == name)
        ?? throw new InstanceNotFoundException(name, [.. Instances.Select(instance => instance.Name)]);

    /// <summary>The instances of these names, each once, in the order given.</summary>
    /// <exception cref="InstanceNotFoundException">One does not exist.</exception>
    public IReadOnlyList<Instance> Find(IEnumerable<string> names) => [.. names.Distinct().Select(Find)];

    /// <summary>Forgets the instances that are leaving and have stopped.</summary>
    public void ForgetGone()
    {
        foreach (var group in Groups)
        {
            group.ForgetGone();
        }
    }
}
