namespace EvenKeel.Cli.Control;

/// <summary>Endpoints: all of them, or those that an action was about.</summary>
/// <param name="SchemaVersion">The version of this form: 1.</param>
/// <param name="Kind">What this document is: <c>endpointList</c>.</param>
/// <param name="Endpoints">The endpoints, by service and name.</param>
internal sealed record EndpointListView(int SchemaVersion, string Kind, IReadOnlyList<EndpointView> Endpoints);
