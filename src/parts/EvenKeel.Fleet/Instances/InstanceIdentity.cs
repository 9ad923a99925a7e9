using EvenKeel.Configuration.Model;

namespace EvenKeel.Fleet.Instances;

/// <summary>Which instance of which service.</summary>
/// <param name="Service">The service.</param>
/// <param name="Index">The number, from 1.</param>
internal sealed record InstanceIdentity(ServiceOptions Service, int Index)
{
    /// <summary>The name: <c>web-2</c>.</summary>
    public string Name { get; } = $"{Service.Name}-{Index}";
}
