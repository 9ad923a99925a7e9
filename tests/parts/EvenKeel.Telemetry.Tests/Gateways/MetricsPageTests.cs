using System.Text.RegularExpressions;
using EvenKeel.Gateway.Loops;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.Telemetry.Gateways;
using EvenKeel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Telemetry.Tests.Gateways;

public sealed partial class MetricsPageTests
{
    [Fact]
    public async Task The_page_lists_each_metric_with_its_kind_and_none_that_does_not_exist()
    {
        await using var gateway = new TestGateway();
        await using var tcp = new TestTcpGateway(options => new SocketLoopGroup(options));
        var metrics = new GatewayMetrics(
            gateway.Gateway, gateway.Directory, new LoopWatch(NullLogger.Instance, TimeProvider.System), () => default, tcp.Gateway);

        Assert.Equal(
            metrics.Collect().Select(metric => $"{metric.Name} {metric.Kind.ToString().ToLowerInvariant()}").Order(),
            Row().Matches(await File.ReadAllTextAsync(Page(), Deadline.Token)).Select(row => $"{row.Groups["name"].Value} {row.Groups["kind"].Value}").Order());
    }

    private static string Page()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "EvenKeel.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, "docs", "reference", "metrics.md");
    }

    [GeneratedRegex(@"^\| `(?<name>[a-z_]+)` \| (?<kind>gauge|counter|histogram) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
