using System.Net;

namespace EvenKeel.Gateway.Endpoints;

/// <summary>One endpoint, live.</summary>
public sealed class EndpointState(string service, string name, IPEndPoint address)
{
    private int _inFlight;

    /// <summary>The service.</summary>
    public string Service { get; } = service;

    /// <summary>The name.</summary>
    public string Name { get; } = name;

    /// <summary>The address.</summary>
    public IPEndPoint Address { get; } = address;

    /// <summary>Requests in flight.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>A request begins.</summary>
    public void Begin() => Interlocked.Increment(ref _inFlight);

    /// <summary>A request ends.</summary>
    public void End(EndpointOutcome outcome) => Interlocked.Decrement(ref _inFlight);
}
