using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed partial class LoadProcessTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    private string Address => new Uri(cluster.Sandbox.RunOf(SharedCluster.Name).Gateway!, "name").ToString();

    [Fact]
    public async Task An_open_load_of_an_address_holds_its_thresholds()
    {
        var load = await cluster.RunAsync("load", Address, "--rate", "50", "--duration", "2s", "--threshold", "errors<=0%", "--threshold", "p99<5s");

        load.Ended(0).Printed("✔ errors<=0%", "✔ p99<5s", "100 sent", "0 failed");
        var shares = Shares().Match(load.Out);
        Assert.True(shares.Success, load.Out);
        int[] counts = [.. shares.Groups.Values.Skip(1).Select(count => int.Parse(count.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(100, counts.Sum());

        // In turn when one request is under way at a time; a slow machine has two, and they may go the other way.
        Assert.All(counts, count => Assert.InRange(count, 30, 70));
    }

    [GeneratedRegex(@"web-1 (\d+) · web-2 (\d+)")]
    private static partial Regex Shares();

    [Fact]
    public async Task A_closed_load_sends_one_request_at_a_time_for_each_user() =>
        (await cluster.RunAsync("load", Address, "--users", "2", "--duration", "1s", "--threshold", "errors<=0%")).Ended(0).Printed("✔ errors<=0%", "0 failed");

    [Fact]
    public async Task A_threshold_that_does_not_hold_ends_with_99() =>
        (await cluster.RunAsync("load", Address, "--rate", "50", "--duration", "1s", "--threshold", "rate>1000", "--threshold", "errors<50%")).Ended(99)
            .Printed("✕ rate>1000", "✔ errors<50%").Said("evenkeel: exit 99 (a threshold does not hold)");

    [Fact]
    public async Task A_threshold_without_a_sample_does_not_hold()
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        (await cluster.RunAsync(
            "load",
            $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndPoint!).Port}/",
            "--rate",
            "20",
            "--duration",
            "1s",
            "--threshold",
            "p99<1h")).Ended(99)
            .Printed("✕ p99<1h", "20 failed");
    }

    [Theory]
    [InlineData("--rate and --users", "--rate", "5", "--users", "5")]
    [InlineData("did you mean 5s", "--duration", "5")]
    [InlineData("above 0", "--rate", "0")]
    [InlineData("--threshold", "--threshold", "p99")]
    public async Task Flags_that_cannot_be_are_refused(string why, params string[] flags) =>
        (await cluster.RunAsync(["load", Address, .. flags])).Ended(2).PrintedNothing().Said(why);

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("ftp://127.0.0.1/")]
    public async Task An_address_that_cannot_be_loaded_is_refused(string address) =>
        (await cluster.RunAsync("load", address)).Ended(2).PrintedNothing().Said("http://host:port/path");

    [Fact]
    public async Task A_file_loads_its_cluster_where_that_runs()
    {
        cluster.Sandbox.With("load.yaml", ClusterFiles.Of(SharedCluster.Name) + Section);
        var before = (await cluster.PsAsync()).Instances.Select(instance => instance.Pid);

        (await cluster.RunAsync("load", "load.yaml")).Ended(0).Printed("✔ errors<=0%", "40 sent", "BY INSTANCE web-1 ", " · web-2 ");

        Assert.Equal(before, (await cluster.PsAsync()).Instances.Select(instance => instance.Pid));
    }

    [Fact]
    public async Task A_file_whose_cluster_does_not_run_starts_and_stops_it()
    {
        await using var sandbox = new Sandbox().With("load.yaml", ClusterFiles.Of("alone") + Section);

        (await sandbox.RunAsync("load", "load.yaml")).Ended(0).Printed("✔ errors<=0%", "40 sent", "BY INSTANCE web-1 ", " · web-2 ");

        await sandbox.NothingIsLeftAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_file_whose_cluster_does_not_start_fails_with_its_last_lines()
    {
        await using var sandbox = new Sandbox().With("load.yaml", ClusterFiles.Of("alone", "crash 3", "instances: 1") + Section);

        (await sandbox.RunAsync("load", "load.yaml")).Ended(7).PrintedNothing().Said("did not become ready", "fatal: the database is gone");

        await sandbox.NothingIsLeftAsync(TimeSpan.Zero);
    }

    private const string Section = """

        load:
          request: GET /name
          rate: 40/s
          duration: 1s
          thresholds: [ 'errors<=0%' ]
        """;
}
