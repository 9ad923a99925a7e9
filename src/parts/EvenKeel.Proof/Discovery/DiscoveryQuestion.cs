namespace EvenKeel.Proof.Discovery;

/// <summary>What the user knows of the service.</summary>
/// <param name="Add">Method and path of the request that adds an element, such as <c>POST /things</c>.</param>
/// <param name="List">Method and path of the request that lists them, such as <c>GET /things</c>.</param>
/// <param name="Body">The body of the add request with <c>{value}</c> or <c>{id}</c> in it, or null to find one.</param>
public sealed record DiscoveryQuestion((string Method, string Path) Add, (string Method, string Path) List, string? Body);
