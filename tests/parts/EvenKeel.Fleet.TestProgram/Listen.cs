using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EvenKeel.Fleet.TestProgram;

/// <summary>Listens on a free port of an address, writes the port, and stays.</summary>
internal static class Listen
{
    public static async Task<int> RunAsync(string address)
    {
        using TcpListener listener = new(IPAddress.Parse(address), 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }
}
