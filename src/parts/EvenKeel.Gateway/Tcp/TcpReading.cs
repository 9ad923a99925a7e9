using System.Net;

namespace EvenKeel.Gateway.Tcp;

/// <summary>What one listener has counted of its connections to one service.</summary>
/// <param name="Listener">Where it listens.</param>
/// <param name="Service">The service; empty for connections that ended before one was known.</param>
/// <param name="Counts">What was counted.</param>
public sealed record TcpReading(IPEndPoint Listener, string Service, TcpStatistics Counts);
