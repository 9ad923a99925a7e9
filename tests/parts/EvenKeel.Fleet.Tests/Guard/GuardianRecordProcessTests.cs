using EvenKeel.Fleet.Guard;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Linux;
using EvenKeel.Fleet.Processes.Native;
using EvenKeel.Fleet.Processes.Sessions;
using EvenKeel.Fleet.Tests.Processes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Fleet.Tests.Guard;

[Trait("Category", "Process")]
public sealed class GuardianRecordProcessTests
{
    private static readonly string[] Command = [CompanionProgram.Executable, "guardian"];
    private readonly LinuxProcessSpawner _spawner = new(TimeProvider.System);

    [Fact]
    public async Task A_process_whose_record_never_arrived_is_found_by_the_marker_that_was_announced_before_it_started()
    {
        string marker = SessionMarker.Draw();
        LinuxGuardianLink link = OpenLink();
        Assert.True(link.TryWrite(GuardProtocol.Mark(marker)));
        using ISpawnedProcess instance = _spawner.Start(Programs.Shell("setsid sleep 1000 & wait", (SessionMarker.Variable, marker)));
        link.Dispose();
        Assert.Equal(new ProcessExit(null, 9), await Programs.ExitAsync(instance));
        await Programs.UntilAsync(() => instance.Members().Count == 0, "the grandchild has ended");
    }

    [Fact]
    public async Task A_recorded_session_is_killed_without_a_marker_but_not_under_another_start_time()
    {
        using ISpawnedProcess recorded = _spawner.Start(Programs.Run("sleep", "1000"));
        using ISpawnedProcess stranger = _spawner.Start(Programs.Run("sleep", "1001"));
        LinuxGuardianLink link = OpenLink();
        Assert.True(link.TryWrite(GuardProtocol.Mark(SessionMarker.Draw())));
        Assert.True(link.TryWrite(GuardProtocol.Add(recorded.Id, recorded.StartTime, SessionMarker.Draw())));
        Assert.True(link.TryWrite(GuardProtocol.Add(stranger.Id, stranger.StartTime - 1, SessionMarker.Draw())));
        Task<ProcessExit> ended = link.Process.Exited;
        link.Dispose();
        Assert.Equal(new ProcessExit(null, 9), await Programs.ExitAsync(recorded));
        Assert.Equal(new ProcessExit(0, null), await ended.WaitAsync(Programs.Deadline, TestContext.Current.CancellationToken));
        Assert.False(stranger.Exited.IsCompleted);
        stranger.Signal(ProcessSignal.Kill);
    }

    [Fact]
    public async Task A_guardian_that_hangs_is_killed_and_replaced_and_kills_nothing()
    {
        await using Guardian guardian = await Guardian.StartAsync(
            Command, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        using ISpawnedProcess instance = new GuardedProcessSpawner(_spawner, guardian).Start(Programs.Run("sleep", "1000"));
        int first = guardian.ProcessId!.Value;
        Assert.Equal(0, ProcessCalls.Kill(first, 19));
        for (int line = 0; line < 5000 && guardian.ProcessId == first; line++)
        {
            guardian.Remove(instance);
            guardian.Add(instance);
        }

        await Programs.UntilAsync(() => guardian.ProcessId is { } pid && pid != first, "another guardian runs");
        Assert.False(Supervised.IsAlive(first));
        Assert.False(instance.Exited.IsCompleted);
        instance.Signal(ProcessSignal.Kill);
    }

    [Fact]
    public async Task A_command_that_is_no_guardian_is_told_with_what_it_wrote()
    {
        ProcessStartException failure = await Assert.ThrowsAsync<ProcessStartException>(() => Guardian.StartAsync(
            ["sh", "-c", "echo wrong verb >&2; exit 2"], TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken));
        Assert.Equal("The guardian ended before it was ready (exit code 2). It wrote: wrong verb ", failure.Message);
    }

    private static LinuxGuardianLink OpenLink() =>
        LinuxGuardianLink.Open(new ProcessStart(Command, "/", CompanionProgram.Environment), TimeProvider.System);
}
