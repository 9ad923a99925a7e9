using System.Net;
using System.Net.Sockets;

namespace EvenKeel.Fleet.Ports;

/// <summary>Tries whether an instance could listen on a port, by listening on it.</summary>
internal static class PortProbe
{
    /// <summary>
    /// True when a server can listen on the port of 127.0.0.1 and of ::1 (where there is one), and one that binds every address could bind
    /// it too. Connections of an earlier server that linger in TIME_WAIT do not matter: servers bind with SO_REUSEADDR, as .NET's sockets do.
    /// </summary>
    public static bool IsFree(int port) =>
        CanBind(IPAddress.Loopback, port, listen: true)
        && CanBind(IPAddress.IPv6Loopback, port, listen: true)
        && CanBind(IPAddress.Any, port, listen: false)
        && CanBind(IPAddress.IPv6Any, port, listen: false);

    private static bool CanBind(IPAddress address, int port, bool listen)
    {
        try
        {
            using Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(new IPEndPoint(address, port));
            if (listen)
            {
                socket.Listen(1);
            }

            return true;
        }
        catch (SocketException failure)
        {
            // No IPv6 on this machine, or none on its loopback interface: then nobody is in the way there.
            return failure.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable;
        }
    }
}
