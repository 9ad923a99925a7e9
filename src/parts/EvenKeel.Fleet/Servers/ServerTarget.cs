namespace EvenKeel.Fleet.Servers;

/// <summary>An instance that a server balances or scrapes.</summary>
/// <param name="Service">Its service.</param>
/// <param name="Instance">Its name.</param>
/// <param name="Address">Where it listens, as <c>host:port</c>.</param>
internal sealed record ServerTarget(string Service, string Instance, string Address);
