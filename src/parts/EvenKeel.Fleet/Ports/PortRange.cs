using System.Globalization;
using System.Net;

namespace EvenKeel.Fleet.Ports;

/// <summary>Ports to choose from, both ends included.</summary>
/// <param name="First">The lowest, at least 1.</param>
/// <param name="Last">The highest, at most 65535.</param>
public readonly record struct PortRange(int First, int Last)
{
    private const int Preferred = 20_000;
    private const int Lowest = 10_000;
    private const int Enough = 1_000;
    private const string LinuxSetting = "/proc/sys/net/ipv4/ip_local_port_range";

    /// <summary>
    /// Where the ephemeral range of macOS and Windows begins (IANA's 49152), and beyond what Linux has by default (32768): the lower counts.
    /// </summary>
    private const int DefaultEphemeral = 32_768;

    /// <summary>
    /// The ports below those that this system gives to outgoing connections: one of those could take a port between its reservation and the
    /// start of the instance that is to listen on it.
    /// </summary>
    public static PortRange OfThisSystem() =>
        OperatingSystem.IsLinux() && File.Exists(LinuxSetting) ? FromSetting(File.ReadAllText(LinuxSetting)) : Below(DefaultEphemeral);

    /// <summary>The range for the text of ip_local_port_range, <c>32768 60999</c>.</summary>
    public static PortRange FromSetting(string setting)
    {
        string low = setting.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("");
        return Below(int.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out int port) ? port : DefaultEphemeral);
    }

    /// <summary>
    /// From 20000, or where that leaves fewer than 1000 from 10000, to just below the ephemeral ports. Where those begin still lower (some
    /// containers have 1024) there is no safe range, and 20000 to 32767 is taken: a reservation may then be lost to an outgoing connection,
    /// which the start of the instance will show.
    /// </summary>
    public static PortRange Below(int ephemeral) =>
        ephemeral - Preferred >= Enough ? new PortRange(Preferred, Math.Min(ephemeral - 1, IPEndPoint.MaxPort))
        : ephemeral - Lowest >= Enough ? new PortRange(Lowest, ephemeral - 1)
        : new PortRange(Preferred, DefaultEphemeral - 1);
}
