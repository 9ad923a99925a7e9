namespace EvenKeel.Cli.Control;

/// <summary>A running cluster and its instances, as the control API gives it and as <c>ps --json</c> prints it.</summary>
/// <param name="SchemaVersion">The version of this form: 1.</param>
/// <param name="Kind">What this document is: <c>instanceList</c>.</param>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Gateway">Where clients connect.</param>
/// <param name="Tcp">Where clients connect whose connections are passed on as they are, in the order of the file.</param>
/// <param name="State">Where the state is, or null.</param>
/// <param name="Instances">The instances that it runs, by service and index.</param>
/// <param name="Endpoints">What the gateway balances over, by service and name: ready instances, and the servers of services of addresses.</param>
/// <param name="Configuration">The file and its last reload, or null when it is not read again.</param>
/// <param name="Metrics">Where monitors read metrics, or null when nothing is offered to them.</param>
/// <param name="SecureGateway">Where clients connect with TLS, or null when the file has no <c>gateway.tls</c>.</param>
/// <param name="Services">The services that the gateway balances over, by name.</param>
internal sealed record ClusterView(
    int SchemaVersion,
    string Kind,
    string Cluster,
    Uri Gateway,
    IReadOnlyList<string> Tcp,
    string? State,
    IReadOnlyList<InstanceView> Instances,
    IReadOnlyList<EndpointView> Endpoints,
    ReloadView? Configuration,
    Uri? Metrics,
    Uri? SecureGateway,
    IReadOnlyList<ServiceView> Services);
