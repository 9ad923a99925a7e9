namespace EvenKeel.Cli.Control;

/// <summary>A service as the gateway sees it: what is decided over all of its endpoints.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsPanicking">True while so few endpoints are well that all get requests that were ready once.</param>
/// <param name="Circuit"><c>closed</c>, <c>open</c> or <c>half-open</c>; closed when it has no circuit breaker.</param>
/// <param name="Ejected">Endpoints that real requests have taken out.</param>
/// <param name="Waiting">Requests that wait for their turn.</param>
internal sealed record ServiceView(string Name, bool IsPanicking, string Circuit, int Ejected, int Waiting);
