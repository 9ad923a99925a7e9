using EvenKeel.Configuration.Model;

namespace EvenKeel.Fleet.Instances;

/// <summary>The instances of one service. In the mailbox only.</summary>
internal sealed class ServiceGroup(FleetContext fleet, ServiceOptions service, int seed)
{
    /// <summary>The most instances of a service: 100.</summary>
    public const int MostInstances = 100;

    private readonly SortedList<int, Instance> _instances = [];
    private readonly Dictionary<int, int> _generations = [];

    /// <summary>The service.</summary>
    public ServiceOptions Service => service;

    /// <summary>Its instances by number, those that are leaving included.</summary>
    public IEnumerable<Instance> Instances => _instances.Values;

    /// <summary>The instances that are to stay, by number.</summary>
    public IReadOnlyList<Instance> Staying => [.. Instances.Where(instance => !instance.Leaving)];

    /// <summary>The most instances it can have: one per port when it names ports.</summary>
    public int Limit => service.Ports.Count > 0 ? Math.Min(service.Ports.Count, MostInstances) : MostInstances;

    /// <summary>Makes an instance with the lowest free number. Its lives are counted on from those of its name before.</summary>
    public Instance Add()
    {
        var index = Enumerable.Range(1, _instances.Count + 1).First(candidate => !_instances.ContainsKey(candidate));
        var instance = new Instance(
            fleet, new InstanceIdentity(service, index), _generations.GetValueOrDefault(index), new Random(seed + index));
        _instances.Add(index, instance);
        return instance;
    }

    /// <summary>Forgets the instances that are leaving and have stopped.</summary>
    public void ForgetGone()
    {
        foreach (var instance in Instances.Where(instance => instance is { Leaving: true, State: InstanceState.Stopped }).ToList())
        {
            _instances.Remove(instance.Identity.Index);
            _generations[instance.Identity.Index] = instance.Generation;
            instance.Dispose();
        }
    }
}
