namespace EvenKeel.Cli.Control;

/// <summary>A running cluster and its instances, as the control API gives it and as <c>ps --json</c> prints it.</summary>
/// <param name="SchemaVersion">The version of this form: 1.</param>
/// <param name="Kind">What this document is: <c>instanceList</c>.</param>
/// <param name="Cluster">The cluster's name.</param>
/// <param name="Gateway">Where clients connect.</param>
/// <param name="State">Where the state is, or null.</param>
/// <param name="Instances">The instances, by service and index.</param>
internal sealed record ClusterView(int SchemaVersion, string Kind, string Cluster, Uri Gateway, string? State, IReadOnlyList<InstanceView> Instances);
