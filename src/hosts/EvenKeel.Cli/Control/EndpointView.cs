namespace EvenKeel.Cli.Control;

/// <summary>An endpoint as the gateway sees it.</summary>
/// <param name="Name">Its name, such as <c>web-2</c>.</param>
/// <param name="Service">Its service.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="State"><c>starting</c>, <c>ready</c>, <c>unhealthy</c>, <c>ejected</c>, <c>draining</c> or <c>disabled</c>.</param>
/// <param name="InFlight">Requests under way.</param>
/// <param name="IsExternal">True when it was started elsewhere and is known by its address.</param>
/// <param name="Weight">Its share relative to others of its service, 1 to 1000.</param>
internal sealed record EndpointView(string Name, string Service, string Address, string State, int InFlight, bool IsExternal, int Weight);
