using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Metering.Tests.Deploy;

/// <summary>What <c>make</c> says to who forgot to start the stack.</summary>
[Trait("Category", "Process")]
public class MakeProcessTests
{
    [Theory]
    [InlineData("k6-smoke", "make start")]
    [InlineData("k6-smoke-multi", "make start-multi")]
    [InlineData("k6-test", "make start")]
    public async Task A_load_on_a_stack_that_is_down_fails_and_says_which_command_starts_it(string target, string command)
    {
        Tool.Need("/usr/bin/make", "make");
        Tool.Need("/usr/bin/curl", "curl");

        // A port that is taken but where nobody listens: a stack that runs on this machine is not asked.
        using var closed = new Socket(SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)closed.LocalEndPoint!).Port}");
        (int code, _, string error) = await Tool.RunAsync("/usr/bin/make", DeployFiles.Root, target, "URL=" + url);
        Assert.NotEqual(0, code);
        string[] lines = error.Split('\n');
        Assert.Equal($"load: the stack does not answer at {url}/actuator/health. Start it with: {command}", lines[0]);
    }
}
