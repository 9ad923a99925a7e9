using System.Net;
using System.Net.Sockets;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Linux;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Tests.Processes.Linux;

[Trait("Category", "Process")]
public sealed class SessionProcessTests
{
    private readonly LinuxProcessSpawner _spawner = new(TimeProvider.System);

    [Fact]
    public async Task A_signal_reaches_every_process_group_of_the_session()
    {
        // set -m: the shell gives each job a process group of its own.
        using ISpawnedProcess process = _spawner.Start(Programs.Shell("set -m; sleep 1000 & sleep 1001 & echo ready; wait"));
        await Programs.ReadLineAsync(process.Output);
        Assert.Equal(3, process.Members().Count);
        Assert.Equal(3, process.Signal(ProcessSignal.Kill));
        await Programs.UntilAsync(() => process.Members().Count == 0, "the session is empty");
    }

    [Fact]
    public async Task Orphans_stay_members_after_their_leader_was_reaped()
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Shell("sleep 1000 & echo $!"));
        int orphan = int.Parse(await Programs.ReadLineAsync(process.Output), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(new ProcessExit(0, null), await Programs.ExitAsync(process));
        Assert.Equal([orphan], process.Members());
        Assert.Equal(1, process.Signal(ProcessSignal.Kill));
        await Programs.UntilAsync(() => process.Members().Count == 0, "the orphan is gone");
    }

    [Theory]
    [InlineData("setsid sleep 1000 & wait")]
    [InlineData("setsid sh -c 'setsid sleep 1000 & exit' & sleep 1000")]
    [InlineData("setsid -f sleep 1000; sleep 1000")]
    [InlineData("env -i /usr/bin/setsid /bin/sleep 1000 & wait")]
    public async Task A_grandchild_that_left_the_session_is_a_member(string script)
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Shell(script));
        int escaped = 0;
        await Programs.UntilAsync(
            () => (escaped = process.Members().LastOrDefault(id => ProcessTable.Find(id) is { } status && status.Session != process.Id)) != 0,
            "one left the session");
        process.Signal(ProcessSignal.Kill);
        await Programs.UntilAsync(() => process.Members().Count == 0, "all are gone");

        // A process that was killed is in the table until it next runs, which may be after its parents were reaped.
        await Programs.UntilAsync(() => !(ProcessTable.Find(escaped)?.IsAlive ?? false), "the one that left is gone too");
    }

    [Fact]
    public async Task A_daemon_that_left_the_session_is_found_after_its_leader_and_parents_ended()
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Shell("setsid -f sh -c 'echo $$; exec sleep 1000 >/dev/null 2>&1'"));
        int daemon = int.Parse(await Programs.ReadLineAsync(process.Output), System.Globalization.CultureInfo.InvariantCulture);
        await Programs.ExitAsync(process);
        Assert.Equal([daemon], process.Members());
        Assert.Equal(1, process.Signal(ProcessSignal.Kill));
        await Programs.UntilAsync(() => process.Members().Count == 0, "the daemon is gone");
    }

    [Fact]
    public async Task A_session_that_forks_without_end_is_killed_whole()
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Shell(
            "work() { while :; do sleep 0.01 & done; }; work & work & echo ready; while :; do (exec sleep 0.02) & wait $!; done"));
        await Programs.ReadLineAsync(process.Output);
        await Programs.UntilAsync(() => process.Members().Count > 20, "it has forked");
        process.Signal(ProcessSignal.Kill);
        await Programs.UntilAsync(() => process.Members().Count == 0, "all are gone");
    }

    [Fact]
    public async Task Stop_freezes_and_Continue_thaws_the_whole_session()
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Shell("set -m; while :; do :; done & sleep 1000"));
        await Programs.UntilAsync(() => process.Members().Count == 3, "all three run");
        Assert.False(process.IsStopped());
        Assert.Equal(3, process.Signal(ProcessSignal.Stop));
        await Programs.UntilAsync(() => process.IsStopped() == true, "all are stopped");
        Assert.Equal(3, process.Signal(ProcessSignal.Continue));
        await Programs.UntilAsync(() => process.IsStopped() == false, "they run again");
        process.Signal(ProcessSignal.Stop);
        process.Signal(ProcessSignal.Kill);
        Assert.Equal(new ProcessExit(null, 9), await Programs.ExitAsync(process));
    }

    [Fact]
    public void A_port_that_this_process_itself_listens_on_is_not_the_sessions()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using ISpawnedProcess process = _spawner.Start(Programs.Run("sleep", "1000"));
        Assert.NotEmpty(ListeningSockets.OnLoopback(port));
        Assert.False(process.Listens(port));
        process.Signal(ProcessSignal.Kill);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::")]
    public async Task A_port_that_a_grandchild_listens_on_is_the_sessions(string address)
    {
        using ISpawnedProcess process = _spawner.Start(new ProcessStart(
            ["sh", "-c", "\"$0\" listen \"$1\" & wait", CompanionProgram.Executable, address], "/", CompanionProgram.Environment));
        int port = int.Parse(await Programs.ReadLineAsync(process.Output), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(process.Listens(port));
        Assert.False(process.Listens(port == 65535 ? port - 1 : port + 1));
        process.Signal(ProcessSignal.Kill);
        await Programs.UntilAsync(() => process.Listens(port) == false, "the port is free");
    }
}
