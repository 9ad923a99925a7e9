namespace EvenKeel.Configuration.Model;

/// <summary>One of the services that share a route's requests.</summary>
/// <param name="Service">The name of the service.</param>
/// <param name="Weight">Its share, 0 to 1000, of the sum of all weights.</param>
public readonly record struct SplitTarget(string Service, int Weight);
