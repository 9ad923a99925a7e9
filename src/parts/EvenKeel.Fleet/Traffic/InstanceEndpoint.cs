namespace EvenKeel.Fleet.Traffic;

/// <summary>Where one life of an instance takes requests.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Instance">The instance's name.</param>
/// <param name="Generation">Which life of the instance.</param>
/// <param name="Address">The IP address, always a loopback one.</param>
/// <param name="Port">The TCP port.</param>
public readonly record struct InstanceEndpoint(string Service, string Instance, int Generation, string Address, int Port);
