using System.Net;

namespace EvenKeel.Proxying.ProxyProtocol;

/// <summary>What a PROXY header says of the connection in front of it.</summary>
/// <param name="Version">The version that it came in.</param>
/// <param name="Length">Its bytes: what follows belongs to the stream.</param>
/// <param name="IsLocal">True when the proxy connects for itself, as for a health check.</param>
/// <param name="Source">The client's address; null when the header gives none over TCP, and the connection's own counts.</param>
/// <param name="Destination">The address that the client connected to, or null like <paramref name="Source"/>.</param>
public readonly record struct ProxyHeader(ProxyVersion Version, int Length, bool IsLocal, IPEndPoint? Source, IPEndPoint? Destination);
