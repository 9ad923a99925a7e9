using EvenKeel.Fleet.Instances;

namespace EvenKeel.Fleet;

/// <summary>What was known of the whole fleet at one moment.</summary>
/// <param name="Version">Counts the changes; a higher one is newer.</param>
/// <param name="Time">When it was taken.</param>
/// <param name="Instances">All instances, by service in the order of the file, then by number.</param>
public sealed record FleetSnapshot(long Version, DateTimeOffset Time, IReadOnlyList<InstanceSnapshot> Instances)
{
    /// <summary>The instance of this name, or null.</summary>
    public InstanceSnapshot? Find(string name) => Instances.FirstOrDefault(instance => instance.Name == name);
}
