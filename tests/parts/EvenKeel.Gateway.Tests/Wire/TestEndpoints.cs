using System.Net;
using System.Net.Sockets;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>Endpoints for tests.</summary>
internal static class TestEndpoints
{
    public static EndpointState Add(EndpointDirectory directory, string service, string name, IPEndPoint address) => directory.Add(service, name, address);

    /// <summary>An address that nobody listens on: a port that was free a moment ago.</summary>
    public static IPEndPoint Refusing()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
