using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Linux;
using EvenKeel.Fleet.Processes.Portable;

namespace EvenKeel.Fleet.Tests.Processes.Portable;

[Trait("Category", "Process")]
public sealed class PortableProcessSpawnerProcessTests
{
    private readonly PortableProcessSpawner _spawner = new(TimeProvider.System);

    [Fact]
    public void On_Linux_the_factory_chooses_the_one_that_knows_sessions() =>
        Assert.IsType<LinuxProcessSpawner>(ProcessSpawner.Create(TimeProvider.System));

    [Fact]
    public async Task Output_error_directory_and_exit_code_are_told()
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Shell("pwd; echo problem >&2; cat; exit 3") with { Directory = "/usr" });
        Assert.Equal("/usr\n", await Programs.ReadToEndAsync(process.Output));
        Assert.Equal("problem\n", await Programs.ReadToEndAsync(process.Error));
        Assert.Equal(new ProcessExit(3, null), await Programs.ExitAsync(process));
        Assert.Empty(process.Members());
        Assert.Equal(0, process.Signal(ProcessSignal.Kill));
    }

    [Fact]
    public async Task Kill_ends_the_whole_tree()
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Shell("sleep 1000 & sleep 1001 & echo ready; wait"));
        await Programs.ReadLineAsync(process.Output);
        IReadOnlyList<int> members = process.Members();
        Assert.Equal(3, members.Count);
        Assert.Equal(3, process.Signal(ProcessSignal.Kill));
        Assert.Equal(new ProcessExit(null, 9), await Programs.ExitAsync(process));

        // A process that was killed is in the table until it next runs, which may be after its parent was reaped.
        await Programs.UntilAsync(() => !members.Any(pid => EvenKeel.Fleet.Processes.Sessions.ProcessTable.Find(pid)?.IsAlive ?? false), "all are gone");
    }

    [Fact]
    public async Task Terminate_Stop_and_Continue_reach_the_tree()
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Shell("sleep 1000 & echo ready; wait"));
        await Programs.ReadLineAsync(process.Output);
        Assert.False(process.IsStopped());
        Assert.Equal(2, process.Signal(ProcessSignal.Stop));
        await Programs.UntilAsync(() => process.IsStopped() == true, "both are stopped");
        Assert.Equal(2, process.Signal(ProcessSignal.Continue));
        await Programs.UntilAsync(() => process.IsStopped() == false, "both run");
        Assert.Equal(2, process.Signal(ProcessSignal.Terminate));
        Assert.Equal(new ProcessExit(null, 15), await Programs.ExitAsync(process));
        Assert.Null(process.Listens(80));
    }

    [Fact]
    public void A_program_or_directory_that_is_missing_is_named()
    {
        Assert.Contains("'no-such-program'", Refused(Programs.Run("no-such-program")), StringComparison.Ordinal);
        Assert.Contains("'/no/such'", Refused(Programs.Run("true") with { Directory = "/no/such" }), StringComparison.Ordinal);
        Assert.Contains("the command is empty", Refused(Programs.Run()), StringComparison.Ordinal);
    }

    private string Refused(ProcessStart start) => Assert.Throws<ProcessStartException>(() => _spawner.Start(start)).Message;
}
