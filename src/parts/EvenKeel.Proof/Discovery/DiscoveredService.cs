using EvenKeel.Configuration.Model;

namespace EvenKeel.Proof.Discovery;

/// <summary>What a running service told about itself.</summary>
/// <param name="Workload">How an element is added and read.</param>
/// <param name="Ready">A path that answered 2xx and can serve as readiness check, or null.</param>
/// <param name="LeftBehind">The value of the element that the questions added and could not remove, or null.</param>
public sealed record DiscoveredService(WorkloadOptions Workload, string? Ready, string? LeftBehind);
