using System.Net;
using System.Net.Sockets;
using EvenKeel.Fleet.Addresses;

namespace EvenKeel.Fleet.Tests.Addresses;

[Trait("Category", "Process")]
public sealed class PortHolderProcessTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void The_process_that_listens_is_found_until_it_closes(string address)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED, holders of ports are found on Linux only");
        var ip = IPAddress.Parse(address);
        Assert.SkipUnless(ip.AddressFamily == AddressFamily.InterNetwork || Socket.OSSupportsIPv6, "SKIPPED, no IPv6 here");
        int port;
        using (var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp))
        {
            socket.Bind(new IPEndPoint(ip, 0));
            socket.Listen();
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;

            Assert.StartsWith($"pid {Environment.ProcessId} (", PortHolder.Describe(port), StringComparison.Ordinal);
        }

        Assert.Null(PortHolder.Describe(port));
    }
}
