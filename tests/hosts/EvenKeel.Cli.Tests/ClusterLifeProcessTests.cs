using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using EvenKeel.Cli.Control;
using EvenKeel.Cli.RunFiles;
using EvenKeel.Cli.Tests.Running;

namespace EvenKeel.Cli.Tests;

[Trait("Category", "Process")]
public sealed class ClusterLifeProcessTests : IAsyncDisposable
{
    private readonly Sandbox _sandbox = new();

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    [Theory]
    [InlineData("up -d")]
    [InlineData("up")]
    public async Task With_too_few_open_files_nothing_starts_and_the_number_is_said(string verb)
    {
        _sandbox.With("evenkeel.yaml", ClusterFiles.Of("few"));

        (await _sandbox.Launch("/bin/sh", "-c", $"ulimit -n 200; exec dotnet '{BuiltPrograms.EvenKeel}' {verb}").EndAsync()).Ended(4).PrintedNothing()
            .Said("error EK3017: this process may have 200 files and sockets open, and 272 are needed", "ulimit -n");
        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task Down_stops_everything_and_may_be_said_again()
    {
        _sandbox.With("evenkeel.yaml", ClusterFiles.Of("one"));
        (await _sandbox.RunAsync("up", "-d")).Ended(0);
        var ports = await PortsAsync("one");

        (await _sandbox.RunAsync("down")).Ended(0).Printed("stopped one");

        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero, ports);
        (await _sandbox.RunAsync("down")).Ended(0).Printed("nothing runs here");
        (await _sandbox.RunAsync("ps")).Ended(5).PrintedNothing().Said("no cluster runs here", "evenkeel up -d");
    }

    [Fact]
    public async Task What_keeps_a_detached_supervisor_from_starting_reaches_the_terminal()
    {
        _sandbox.With("evenkeel.yaml", ClusterFiles.Of("one"));
        _sandbox.Variables["XDG_STATE_HOME"] = _sandbox.PathOf("evenkeel.yaml");

        var result = (await _sandbox.RunAsync("up", "-d")).Ended(4).PrintedNothing();

        result.Said("error EK3004: ", _sandbox.PathOf("evenkeel.yaml"), "error EK4006: ", "its messages are above");
    }

    [Fact]
    public async Task Two_clusters_of_one_file_run_side_by_side()
    {
        _sandbox.With("evenkeel.yaml", ClusterFiles.Of("one"));
        (await _sandbox.RunAsync("up", "-d", "--name", "left")).Ended(0);
        (await _sandbox.RunAsync("up", "-d", "--name", "right", "-n", "1")).Ended(0);

        (await _sandbox.RunAsync("ps")).Ended(2).PrintedNothing().Said("several clusters run here: left, right", "--name");
        Assert.Equal(2, (await _sandbox.PsAsync("--name", "left")).Instances.Count);
        Assert.Single((await _sandbox.PsAsync("--name", "right")).Instances);
        int[] left = await PortsAsync("left"), right = await PortsAsync("right");
        Assert.Empty(left.Intersect(right));

        (await _sandbox.RunAsync("down", "--name", "left")).Ended(0);
        Assert.Equal("ready", Assert.Single((await _sandbox.PsAsync()).Instances).State);
        (await _sandbox.RunAsync("down")).Ended(0).Printed("stopped right");
        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero, [.. left, .. right]);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public async Task A_signal_ends_a_cluster_in_the_foreground_in_order(PosixSignal signal, int exit)
    {
        using var up = _sandbox.With("evenkeel.yaml", ClusterFiles.Of("front")).Start("up");
        await up.PrintsAsync("web-2 listens");
        var ports = await PortsAsync("front");

        up.Signal(signal);

        (await up.EndAsync()).Ended(exit);
        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero, ports);
        Assert.Null(new RunFolder(_sandbox.State).Read("front"));
    }

    [Fact]
    public async Task Down_ends_a_cluster_in_the_foreground_and_its_exit_code_is_0()
    {
        using var up = _sandbox.With("evenkeel.yaml", ClusterFiles.Of("front")).Start("up");
        await up.PrintsAsync("web-2 listens");

        (await _sandbox.RunAsync("down")).Ended(0);

        (await up.EndAsync()).Ended(0);
    }

    [Fact]
    public async Task A_signal_while_it_starts_ends_it_too()
    {
        using var up = _sandbox.With("evenkeel.yaml", ClusterFiles.Of("slow", "no-listen")).Start("up");
        await up.SaysAsync("web-1");

        up.Signal(PosixSignal.SIGINT);

        (await up.EndAsync()).Ended(130);
        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_service_that_crashes_at_its_start_fails_with_its_last_lines()
    {
        var up = (await _sandbox.With("evenkeel.yaml", ClusterFiles.Of("crash", "crash 3", "instances: 1")).RunAsync("up", "-d")).Ended(7).PrintedNothing();

        up.Said("the cluster did not become ready", "fatal: the database is gone", "exit code 3", "evenkeel: exit 7 (the service failed)");
        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_service_that_never_listens_fails_when_its_time_is_over()
    {
        (await _sandbox.With("evenkeel.yaml", ClusterFiles.Of("deaf", "no-listen", "instances: 1")).RunAsync("up")).Ended(7).PrintedNothing()
            .Said("the cluster did not become ready", "web-1");
        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_wait_that_is_over_before_the_service_is_ready_stops_it()
    {
        (await _sandbox.With("evenkeel.yaml", ClusterFiles.Of("deaf", "no-listen", "instances: 1")).RunAsync("up", "-d", "--wait-timeout", "1")).Ended(6)
            .PrintedNothing().Said("was not ready within 1 s", "--wait-timeout");
        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_busy_port_that_the_file_names_is_told_with_its_holder(bool gateway)
    {
        using var holder = new Socket(SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        holder.Listen();
        var port = ((IPEndPoint)holder.LocalEndPoint!).Port;
        _sandbox.With("evenkeel.yaml", gateway ? ClusterFiles.Of("busy", gateway: $"127.0.0.1:{port}") : ClusterFiles.Of("busy", more: $"ports: [{port}]"));

        (await _sandbox.RunAsync("up", "-d")).Ended(4).PrintedNothing()
            .Said($"{port}", $"process {Environment.ProcessId} (", "evenkeel: exit 4");
        await _sandbox.NothingIsLeftAsync(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_survives_a_supervisor_that_was_killed_and_the_name_is_free_again(bool detached)
    {
        _sandbox.With("evenkeel.yaml", ClusterFiles.Of("doomed"));
        using var up = _sandbox.Start(detached ? ["up", "-d"] : ["up"]);
        await (detached ? up.EndAsync() : up.PrintsAsync("web-2 listens"));
        var ports = await PortsAsync("doomed");
        var supervisor = _sandbox.RunOf("doomed").Pid;
        Assert.Equal(detached, supervisor != up.Pid);

        ProcessSignals.KillOne(supervisor);

        await _sandbox.NothingIsLeftAsync(Sandbox.GuardianLimit, ports);
        Assert.True(File.Exists(Path.Combine(_sandbox.State, "run", "doomed.json")), "the killed supervisor cannot have removed its file");
        (await _sandbox.RunAsync("ps")).Ended(5).Said("no cluster runs here");
        (await _sandbox.RunAsync("up", "-d")).Ended(0).Printed("web-2");
        (await _sandbox.RunAsync("down")).Ended(0);
    }

    [Fact]
    public async Task Grandchildren_do_not_survive_a_kill_of_the_supervisor()
    {
        _sandbox.With("evenkeel.yaml", ClusterFiles.Of("doomed", more: "instances: 1"));
        (await _sandbox.RunAsync("up", "-d")).Ended(0);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var grandchild = int.Parse(
            await http.GetStringAsync(
                new Uri(_sandbox.RunOf("doomed").Gateway!, "spawn"), TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
        Assert.Contains(_sandbox.Processes(), process => process.Pid == grandchild);

        ProcessSignals.KillOne(_sandbox.RunOf("doomed").Pid);

        await _sandbox.NothingIsLeftAsync(Sandbox.GuardianLimit);
    }

    [Fact]
    public async Task The_end_of_the_launchers_process_group_does_not_end_a_detached_cluster()
    {
        _sandbox.With("evenkeel.yaml", ClusterFiles.Of("lasting"));
        using var launcher = _sandbox.Launch(
            "setsid", "bash", "-c", $"dotnet {BuiltPrograms.EvenKeel} up -d && echo started && exec cat < <(exec tail -f /dev/null)");
        await launcher.PrintsAsync("started");
        var before = await _sandbox.PsAsync();

        ProcessSignals.KillGroup(launcher.Pid);
        await launcher.EndAsync();

        var after = await _sandbox.PsAsync();
        Assert.Equal(
            before.Instances.Select(instance => (instance.Name, instance.Pid, "ready")),
            after.Instances.Select(instance => (instance.Name, instance.Pid, instance.State)));
        (await _sandbox.RunAsync("down")).Ended(0);
    }

    private async Task<int[]> PortsAsync(string name)
    {
        ClusterView cluster = await _sandbox.PsAsync("--name", name);
        return [cluster.Gateway.Port, _sandbox.RunOf(name).Control!.Port, .. cluster.Instances.Select(instance => instance.Port!.Value)];
    }
}
