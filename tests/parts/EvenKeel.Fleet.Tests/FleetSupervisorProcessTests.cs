using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Actions;
using EvenKeel.Fleet.Events;
using EvenKeel.Fleet.Instances;

namespace EvenKeel.Fleet.Tests;

[Trait("Category", "Process")]
public sealed class FleetSupervisorProcessTests
{
    public FleetSupervisorProcessTests() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "SKIPPED, sessions are observed on Linux only");

    [Fact]
    public async Task Instances_answer_under_their_names_until_the_fleet_stops_them()
    {
        await using var real = new RealFleet(RealFleet.Web(2));
        await real.Fleet.StartAsync(RealFleet.Token);

        Assert.Equal("web-1", await real.GetAsync("web-1", "/name"));
        Assert.Equal("web-2", await real.GetAsync("web-2", "/name"));
        var pids = real.Fleet.Snapshot.Instances.Select(instance => instance.Pid!.Value).ToList();

        var reports = await real.Fleet.StopAsync(RealFleet.Token);

        Assert.All(reports, report => Assert.Equal(StopStep.Terminate, report.EndedBy));
        Assert.All(pids, pid => Assert.True(RealFleet.IsGone(pid)));
    }

    [Fact]
    public async Task A_kill_is_confirmed_with_the_grandchildren_and_the_instance_comes_back()
    {
        await using var real = new RealFleet(RealFleet.Web(2));
        await real.Fleet.StartAsync(RealFleet.Token);
        var grandchild = int.Parse(await real.GetAsync("web-1", "/spawn"), CultureInfo.InvariantCulture);
        var (pid, port) = (real["web-1"].Pid!.Value, real["web-1"].Port);

        var receipt = Assert.Single(await real.Fleet.KillAsync(["web-1"], RealFleet.Token));

        Assert.Equal(new[] { pid, grandchild }.Order(), receipt.Pids.Order());
        Assert.True(RealFleet.IsGone(pid) && RealFleet.IsGone(grandchild));
        Assert.True(receipt.Confirmed >= receipt.Signalled);
        await real.UntilAsync(() => real["web-1"] is { State: InstanceState.Ready, Generation: 2 }, "back");
        Assert.NotEqual(pid, real["web-1"].Pid);
        Assert.Equal(port, real["web-1"].Port);
        Assert.Equal("web-1", await real.GetAsync("web-1", "/name"));
        Assert.Equal(9, (await real.SeenAsync<InstanceExited>("web-1")).Exit.Signal);
    }

    [Fact]
    public async Task A_pause_freezes_and_a_resume_thaws_the_same_process()
    {
        await using var real = new RealFleet(RealFleet.Web(1));
        await real.Fleet.StartAsync(RealFleet.Token);
        var pid = real["web-1"].Pid!.Value;

        Assert.NotNull(Assert.Single(await real.Fleet.PauseAsync(["web-1"], RealFleet.Token)).Confirmed);
        Assert.Contains("State:\tT", await File.ReadAllTextAsync($"/proc/{pid}/status", RealFleet.Token), StringComparison.Ordinal);
        var asked = real.GetAsync("web-1", "/name");
        Assert.False(asked.IsCompleted);

        Assert.NotNull(Assert.Single(await real.Fleet.ResumeAsync(["web-1"], RealFleet.Token)).Confirmed);
        Assert.Equal("web-1", await asked);
        await real.UntilAsync(() => real["web-1"] is { State: InstanceState.Ready, Generation: 1 }, "ready");
        Assert.Equal(pid, real["web-1"].Pid);
    }

    [Fact]
    public async Task A_service_grows_from_two_to_four_and_shrinks_to_one()
    {
        await using var real = new RealFleet(RealFleet.Web(2));
        await real.Fleet.StartAsync(RealFleet.Token);

        await real.Fleet.ScaleAsync("web", 4, RealFleet.Token);
        Assert.Equal("web-4", await real.GetAsync("web-4", "/name"));
        Assert.Equal(4, real.Traffic.Admitted.Count);

        await real.Fleet.ScaleAsync("web", 1, RealFleet.Token);
        Assert.Equal("web-1", await real.GetAsync("web-1", "/name"));
        Assert.Equal(["web-1"], real.Traffic.Admitted.Keys);
    }

    [Fact]
    public async Task A_crash_is_told_with_its_exit_code_and_its_last_lines()
    {
        await using var real = new RealFleet(RealFleet.Web(1, "crash", "42"));

        var start = real.Fleet.StartAsync(RealFleet.Token);
        var exited = await real.SeenAsync<InstanceExited>("web-1");

        Assert.Equal(42, exited.Exit.Code);
        Assert.Equal(20, exited.LastLines.Count);
        Assert.Contains(exited.LastLines, line => line is { IsError: true, Text: "fatal: the database is gone" });
        Assert.Contains(exited.LastLines, line => line is { IsError: false, Text: "line 30" });
        var error = await Assert.ThrowsAsync<InstanceActionException>(() => start);
        Assert.Contains("web-1 failed: ended with exit code 42", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_ends_by_itself_is_withdrawn_restarted_and_admitted()
    {
        await using var real = new RealFleet(RealFleet.Web(1));
        await real.Fleet.StartAsync(RealFleet.Token);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => real.GetAsync("web-1", "/exit/3"));

        Assert.Equal(3, (await real.SeenAsync<InstanceExited>("web-1")).Exit.Code);
        await real.UntilAsync(() => real["web-1"] is { State: InstanceState.Ready, Generation: 2 }, "back");
        Assert.Equal(["Admit web-1", "Withdraw web-1", "Drained web-1 0", "Admit web-1"], real.Sequence);
    }

    [Fact]
    public async Task Who_ignores_SIGTERM_is_killed_after_the_grace()
    {
        var web = RealFleet.Web(1, "ignore-term") with
        {
            Drain = new DrainOptions { Timeout = TimeSpan.FromSeconds(1), Grace = TimeSpan.FromMilliseconds(700) },
        };
        await using var real = new RealFleet(web);
        await real.Fleet.StartAsync(RealFleet.Token);
        var pid = real["web-1"].Pid!.Value;

        var report = Assert.Single(await real.Fleet.StopAsync(RealFleet.Token));

        Assert.Equal((StopStep.Kill, 9), (report.EndedBy, report.Exit?.Signal));
        Assert.True(report.Took >= TimeSpan.FromMilliseconds(700));
        Assert.True(RealFleet.IsGone(pid));
    }

    [Fact]
    public async Task A_foreign_process_that_answers_on_the_port_is_not_accepted_as_ready()
    {
        using var foreigner = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        foreigner.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        foreigner.Listen();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(RealFleet.Token);
        var answering = AnswerAsync(foreigner, stop.Token);
        var port = ((IPEndPoint)foreigner.LocalEndPoint!).Port;
        await using var real = new RealFleet(RealFleet.Web(1, "stay") with { Ports = [port] }, checkedPorts: false);

        var start = real.Fleet.StartAsync(RealFleet.Token);
        var taken = await real.SeenAsync<InstancePortTaken>("web-1");

        Assert.Equal(port, taken.Port);
        Assert.StartsWith($"process {Environment.ProcessId} (", taken.Holder, StringComparison.Ordinal);
        Assert.Equal(InstanceState.Starting, real["web-1"].State);
        Assert.Empty(real.Sequence);
        await real.Fleet.StopAsync(RealFleet.Token);
        await Assert.ThrowsAsync<InstanceActionException>(() => start);
        await stop.CancelAsync();
        await answering;
    }

    [Fact]
    public async Task A_named_port_that_somebody_listens_on_refuses_the_start_and_names_the_listener()
    {
        using var foreigner = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        foreigner.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        foreigner.Listen();
        var port = ((IPEndPoint)foreigner.LocalEndPoint!).Port;
        await using var real = new RealFleet(RealFleet.Web(1) with { Ports = [port] });

        var error = await Assert.ThrowsAsync<InstanceActionException>(() => real.Fleet.StartAsync(RealFleet.Token));

        Assert.Contains($"Port {port} is used by process {Environment.ProcessId} (", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_fails_the_start_with_its_name()
    {
        await using var real = new RealFleet(RealFleet.Web(1) with { Command = ["no-such-program-here"] });

        var error = await Assert.ThrowsAsync<InstanceActionException>(() => real.Fleet.StartAsync(RealFleet.Token));

        Assert.Contains("no-such-program-here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_instances_write_can_be_followed_and_asked_for()
    {
        await using var real = new RealFleet(RealFleet.Web(2));
        var follow = real.Fleet.Follow(["web-2"], RealFleet.Token);
        await real.Fleet.StartAsync(RealFleet.Token);
        await real.GetAsync("web-1", "/say/one");
        await real.GetAsync("web-2", "/say/two");

        Assert.Equal(
            ["web-2 listens", "two"],
            await follow.Take(2).Select(line => line.Text).ToListAsync(RealFleet.Token));
        Assert.Equal("two", Assert.Single(await real.Fleet.LastLinesAsync("web-2", 1)).Text);
    }

    private static async Task AnswerAsync(Socket listener, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptAsync(cancellationToken);
                await connection.ReceiveAsync(new byte[4096], cancellationToken);
                await connection.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), cancellationToken);
                connection.Shutdown(SocketShutdown.Send);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
