using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using EvenKeel.Cli.Control;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed class ClusterVerbsProcessTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    [Fact]
    public void Up_detached_ends_when_all_are_ready_and_shows_them() =>
        cluster.Up.Printed("INSTANCE", "web-1", "web-2", "● ready", "Service  http://127.0.0.1:");

    [Fact]
    public async Task Ps_lists_the_instances_and_the_gateway()
    {
        var listed = (await cluster.RunAsync("ps")).Ended(0).Printed("web-1", "web-2", "● ready", "Service  http://127.0.0.1:");

        Assert.Equal("", listed.Error);
        Assert.DoesNotContain('\e', listed.Out);
    }

    [Fact]
    public async Task Ps_json_is_one_document_with_version_and_kind()
    {
        var document = (await cluster.RunAsync("ps", "--json")).Ended(0).Json;

        Assert.Equal((1, "instanceList", "shared"), ((int)document["schemaVersion"]!, (string)document["kind"]!, (string)document["cluster"]!));
        Assert.Equal(["web-1", "web-2"], document["instances"]!.AsArray().Select(instance => (string)instance!["name"]!));
    }

    [Fact]
    public async Task Kill_ends_when_the_process_is_gone_and_the_fleet_starts_the_next_generation()
    {
        var before = Of(await cluster.PsAsync(), "web-1");

        (await cluster.RunAsync("kill", "web-1")).Ended(0).Printed("killed web-1");

        Assert.DoesNotContain(cluster.Sandbox.Processes(), process => process.Pid == before.Pid);
        await cluster.IsWholeAsync();
        var after = Of(await cluster.PsAsync(), "web-1");
        Assert.Equal(before.Generation + 1, after.Generation);
        Assert.NotEqual(before.Pid, after.Pid);
        Assert.Contains("SIGKILL", after.LastExit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_freezes_the_process_until_resume()
    {
        var pid = Of(await cluster.PsAsync(), "web-2").Pid!.Value;

        (await cluster.RunAsync("pause", "web-2")).Ended(0).Printed("paused web-2");
        Assert.Equal(("paused", 'T'), (Of(await cluster.PsAsync(), "web-2").State, StateOf(pid)));

        (await cluster.RunAsync("resume", "web-2")).Ended(0).Printed("resumed web-2");
        Assert.NotEqual('T', StateOf(pid));
        await cluster.IsWholeAsync();
        Assert.Equal(pid, Of(await cluster.PsAsync(), "web-2").Pid);
    }

    [Fact]
    public async Task Scale_ends_when_more_are_ready_and_when_the_surplus_is_gone()
    {
        (await cluster.RunAsync("scale", "web=4")).Ended(0).Printed("web has 4 instances");
        var four = (await cluster.PsAsync()).Instances;
        Assert.Equal(["web-1 ready", "web-2 ready", "web-3 ready", "web-4 ready"], four.Select(instance => $"{instance.Name} {instance.State}"));

        (await cluster.RunAsync("scale", "web=2")).Ended(0).Printed("web has 2 instances");
        Assert.Equal(["web-1 ready", "web-2 ready"], (await cluster.PsAsync()).Instances.Select(instance => $"{instance.Name} {instance.State}"));
        Assert.DoesNotContain(cluster.Sandbox.Processes(), process => process.Pid == four[2].Pid || process.Pid == four[3].Pid);
    }

    [Fact]
    public async Task Restart_ends_when_a_new_process_is_ready()
    {
        var before = Of(await cluster.PsAsync(), "web-1");

        (await cluster.RunAsync("restart", "web-1")).Ended(0).Printed("restarted web-1");

        var after = Of(await cluster.PsAsync(), "web-1");
        Assert.Equal(("ready", before.Generation + 1), (after.State, after.Generation));
        Assert.NotEqual(before.Pid, after.Pid);
    }

    [Fact]
    public async Task Logs_are_merged_and_tagged_by_instance()
    {
        (await cluster.RunAsync("logs")).Ended(0).Printed("web-1    web-1 listens", "web-2    web-2 listens");
        var one = (await cluster.RunAsync("logs", "web-2")).Ended(0).Printed("web-2 listens");

        Assert.DoesNotContain("web-1", one.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_follow_as_json_prints_a_document_for_each_line_while_lines_come()
    {
        using var logs = cluster.Sandbox.Start("logs", "-f", "--json");
        await logs.PrintsAsync("listens");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var gateway = (await cluster.PsAsync()).Gateway;
        for (var i = 1; i <= 20; i++)
        {
            Assert.True((await http.GetAsync(new Uri(gateway, $"say/word-{i}"), TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        }

        await logs.PrintsAsync("word-20");
        logs.Signal(PosixSignal.SIGINT);
        var lines = (await logs.EndAsync()).Ended(130).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();

        Assert.All(lines, line => Assert.Equal((1, "logLine"), ((int)line["schemaVersion"]!, (string)line["kind"]!)));
        var words = lines.Select(line => (string)line["text"]!).Where(text => text.StartsWith("word-", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => $"word-{i}").Order(), words.Order());
    }

    [Fact]
    public async Task Logs_follow_a_service_through_instances_that_are_started_later()
    {
        using var logs = cluster.Sandbox.Start("logs", "-f", "web");
        await logs.PrintsAsync("web-1 listens");
        (await cluster.RunAsync("scale", "web=3")).Ended(0);

        await logs.PrintsAsync("web-3 listens");

        logs.Signal(PosixSignal.SIGINT);
        (await logs.EndAsync()).Ended(130);
        (await cluster.RunAsync("scale", "web=2")).Ended(0);
    }

    [Theory]
    [InlineData("up", "-d")]
    [InlineData("up", "--quiet")]
    public async Task A_second_up_of_the_same_name_tells_where_the_first_runs(params string[] arguments)
    {
        var run = cluster.Sandbox.RunOf(SharedCluster.Name);

        (await cluster.RunAsync(arguments)).Ended(4).PrintedNothing()
            .Said("a cluster named 'shared' runs here already", $"pid {run.Pid}", run.Gateway!.ToString(), "evenkeel down --name shared", "evenkeel: exit 4");
        await cluster.IsWholeAsync();
    }

    [Theory]
    [InlineData("kill")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("restart")]
    [InlineData("logs")]
    public async Task An_unknown_instance_is_told_with_what_may_have_been_meant(string verb) =>
        (await cluster.RunAsync(verb, "wbe-1")).Ended(5).PrintedNothing().Said("'wbe-1'", "id you mean web-1", "evenkeel: exit 5 (not found)");

    [Fact]
    public async Task A_name_that_logs_do_not_know_is_neither_an_instance_nor_a_service() =>
        (await cluster.RunAsync("logs", "nope")).Ended(5).PrintedNothing().Said("No instance or service is called 'nope'", "There are: web, web-1");

    [Fact]
    public async Task An_unknown_service_is_told_with_what_may_have_been_meant() =>
        (await cluster.RunAsync("scale", "webb=3")).Ended(5).PrintedNothing().Said("'webb'", "id you mean web");

    [Theory]
    [InlineData("web")]
    [InlineData("web=")]
    [InlineData("web=-1")]
    [InlineData("web=two")]
    [InlineData("web=100000")]
    public async Task A_scale_that_cannot_be_is_refused(string target)
    {
        (await cluster.RunAsync("scale", target)).Ended(2).PrintedNothing().Said("error EK1002");
        await cluster.IsWholeAsync();
    }

    [Fact]
    public async Task An_unknown_name_is_told_with_those_that_run() =>
        (await cluster.RunAsync("ps", "--name", "other")).Ended(5).PrintedNothing().Said("no cluster named 'other' runs here", "running: shared");

    [Fact]
    public async Task The_control_api_refuses_who_has_no_token_and_pages_of_a_browser()
    {
        var run = cluster.Sandbox.RunOf(SharedCluster.Name);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var token = await File.ReadAllTextAsync(Path.Combine(cluster.Sandbox.State, "run", "shared.token"), TestContext.Current.CancellationToken);

        Assert.Equal(401, await AskAsync(token: null, origin: null));
        Assert.Equal(401, await AskAsync("0000", origin: null));
        Assert.Equal(401, await AskAsync(token, "http://evil.example"));
        Assert.Equal(200, await AskAsync(token, origin: null));

        async Task<int> AskAsync(string? token, string? origin)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(run.Control!, "api/v1/instances"));
            if (token is not null)
            {
                request.Headers.Add("Authorization", "Bearer " + token);
            }

            if (origin is not null)
            {
                request.Headers.Add("Origin", origin);
            }

            using var reply = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return (int)reply.StatusCode;
        }
    }

    [Fact]
    public void Run_file_and_token_are_for_this_user_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SKIPPED, files have no modes on Windows");
        foreach (var file in (string[])["shared.json", "shared.token"])
        {
            var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path.Combine(cluster.Sandbox.State, "run", file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        }

        Assert.Equal("*\n", File.ReadAllText(Path.Combine(cluster.Sandbox.State, ".gitignore")));
    }

    private static InstanceView Of(ClusterView cluster, string name) => cluster.Instances.Single(instance => instance.Name == name);

    // The state of a process follows its name, which is in parentheses (proc_pid_stat(5)).
    private static char StateOf(int pid)
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        return stat[stat.LastIndexOf(')') + 2];
    }
}
