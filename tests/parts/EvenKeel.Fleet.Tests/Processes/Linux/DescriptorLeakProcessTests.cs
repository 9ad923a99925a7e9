using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Linux;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Tests.Processes.Linux;

[Trait("Category", "Process")]
[Collection(nameof(Alone))]
public sealed class DescriptorLeakProcessTests
{
    private readonly LinuxProcessSpawner _spawner = new(TimeProvider.System);

    [Fact]
    public async Task Two_hundred_short_processes_leave_no_descriptor_and_no_zombie()
    {
        await RunShortAsync(5);
        int before = CountDescriptors();
        long start = TimeProvider.System.GetTimestamp();
        await RunShortAsync(200);
        TimeSpan took = TimeProvider.System.GetElapsedTime(start);
        await Programs.UntilAsync(() => CountDescriptors() <= before, $"no more than {before} descriptors, were {CountDescriptors()}");
        TestContext.Current.SendDiagnosticMessage($"200 processes started, read and reaped in {took.TotalMilliseconds:F0} ms");
        Assert.True(took < Programs.Deadline, $"200 short processes took {took}.");
    }

    private async Task RunShortAsync(int count)
    {
        for (int index = 0; index < count; index++)
        {
            using ISpawnedProcess process = _spawner.Start(Programs.Run("true"));
            Assert.Equal("", await Programs.ReadToEndAsync(process.Output));
            Assert.Equal(new ProcessExit(0, null), await Programs.ExitAsync(process));
            Assert.NotEqual('Z', ProcessTable.Find(process.Id)?.State);
        }
    }

    [Fact]
    public void A_failed_start_leaves_no_descriptor_open()
    {
        ProcessStart broken = Programs.Run("true", new string('a', 3_000_000));
        Assert.Throws<ProcessStartException>(() => _spawner.Start(broken));
        int before = CountDescriptors();
        for (int index = 0; index < 50; index++)
        {
            Assert.Throws<ProcessStartException>(() => _spawner.Start(broken));
        }

        Assert.InRange(CountDescriptors(), 0, before);
    }

    private static int CountDescriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;
}
