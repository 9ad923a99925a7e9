namespace EvenKeel.Cli.Control;

/// <summary>An endpoint as the gateway sees it.</summary>
/// <param name="Name">Its name, such as <c>web-2</c>.</param>
/// <param name="Service">Its service.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="State"><c>starting</c>, <c>ready</c>, <c>unhealthy</c>, <c>ejected</c> or <c>draining</c>.</param>
/// <param name="InFlight">Requests under way.</param>
/// <param name="IsExternal">True when it was started elsewhere and is known by its address.</param>
internal sealed record EndpointView(string Name, string Service, string Address, string State, int InFlight, bool IsExternal);
