using System.Net;
using System.Net.Sockets;

namespace EvenKeel.Cli.Tests.Running;

/// <summary>The metering examples, as tests run them.</summary>
internal static class MeteringExamples
{
    /// <summary>Skips the test when a server that they start is missing.</summary>
    public static void NeedServers()
    {
        Assert.SkipUnless(Directory.Exists("/usr/lib/postgresql"), "SKIPPED, PostgreSQL is not installed: apt-get install postgresql");
        Assert.SkipUnless(File.Exists("/usr/bin/redis-server"), "SKIPPED, Redis is not installed: apt-get install redis-server");
    }

    /// <summary>An example with shorter phases.</summary>
    public static string Short(string name) => Examples.With(name, ("control", "1s"), ("settle", "60s"))
        .Replace("  duration: 8s\n  settle", "  duration: 4s\n  settle", StringComparison.Ordinal)
        .Replace("at: 1s, within: 4s", "at: 1s, within: 1s", StringComparison.Ordinal);

    /// <summary>The path of an example, after the sandbox was given a free port for the way to the database, so that two tests do not take the same.</summary>
    public static string WithPortOf(Sandbox sandbox, string name)
    {
        using var free = new Socket(SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        sandbox.Variables["RELAY_PORT"] = ((IPEndPoint)free.LocalEndPoint!).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Examples.PathOf(name);
    }
}
