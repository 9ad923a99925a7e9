using System.Globalization;
using System.Runtime.Versioning;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Linux;
using EvenKeel.Fleet.Processes.Native;
using EvenKeel.Fleet.Processes.Sessions;

namespace EvenKeel.Fleet.Tests.Processes.Linux;

[Trait("Category", "Process")]
[SupportedOSPlatform("linux")]
public sealed class LinuxProcessSpawnerProcessTests
{
    private readonly LinuxProcessSpawner _spawner = new(TimeProvider.System);

    [Fact]
    public async Task A_process_leads_a_session_of_its_own_and_reports_how_it_ended()
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Shell("cut -d' ' -f1,5,6 /proc/$$/stat; exit 3"));
        Assert.Equal($"{process.Id} {process.Id} {process.Id}\n", await Programs.ReadToEndAsync(process.Output));
        Assert.Equal(new ProcessExit(3, null), await Programs.ExitAsync(process));
        Assert.True(process.StartTime > 0);
    }

    [Fact]
    public async Task An_end_by_a_signal_is_told_by_its_number()
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Run("sleep", "1000"));
        Assert.Equal(1, process.Signal(ProcessSignal.Terminate));
        Assert.Equal(new ProcessExit(null, 15), await Programs.ExitAsync(process));
        Assert.Equal(0, process.Signal(ProcessSignal.Kill));
        Assert.Empty(process.Members());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_the_standard_descriptors_are_inherited_even_when_the_parent_holds_inheritable_ones(bool closeFrom)
    {
        int[] leaky = OpenInheritable();
        try
        {
            using ISpawnedProcess process = new LinuxProcessSpawner(TimeProvider.System, closeFrom)
                .Start(Programs.Shell("ls -l /proc/$$/fd; cat"));
            string[] lines = (await Programs.ReadToEndAsync(process.Output)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string[] descriptors = [.. lines.Skip(1).Select(line => string.Join(' ', line.Split(' ')[^3..]))];
            Assert.Equal(3, descriptors.Length);
            Assert.Equal("0 -> /dev/null", descriptors[0]);
            Assert.StartsWith("1 -> pipe:", descriptors[1], StringComparison.Ordinal);
            Assert.StartsWith("2 -> pipe:", descriptors[2], StringComparison.Ordinal);
            await Programs.ExitAsync(process);
        }
        finally
        {
            Array.ForEach(leaky, descriptor => DescriptorCalls.Close(descriptor));
        }
    }

    [Fact]
    public async Task Every_signal_has_its_default_and_none_is_blocked()
    {
        // The runtime of this very process ignores SIGPIPE (13): the test would see bit 12 if it were handed on.
        Assert.NotEqual(0UL, Convert.ToUInt64(Status("/proc/self/status", "SigIgn"), 16) & (1UL << 12));
        using ISpawnedProcess process = _spawner.Start(Programs.Run("cat", "/proc/self/status"));
        string status = await Programs.ReadToEndAsync(process.Output);
        Assert.Equal(new string('0', 16), Field(status, "SigBlk"));

        // 32 and 33 belong to the C library itself, which ignores them in the child until its own start-up takes them over.
        Assert.Equal(0UL, Convert.ToUInt64(Field(status, "SigIgn"), 16) & ~(0b11UL << 31));
        Assert.Equal(new string('0', 16), Field(status, "SigCgt"));
    }

    [Fact]
    public async Task The_environment_is_the_given_one_and_the_marker()
    {
        using ISpawnedProcess process = _spawner.Start(new ProcessStart(
            ["/usr/bin/env"], "/tmp", new Dictionary<string, string> { ["NAME"] = "wörth", ["EMPTY"] = "" }));
        string[] lines = (await Programs.ReadToEndAsync(process.Output)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("NAME=wörth", lines);
        Assert.Contains("EMPTY=", lines);
        string marker = Assert.Single(lines, line => line.StartsWith(SessionMarker.Variable, StringComparison.Ordinal));
        Assert.True(SessionMarker.IsValid(marker.AsSpan(SessionMarker.Variable.Length + 1)));
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public async Task The_working_directory_is_the_given_one_and_relative_programs_start_there()
    {
        using TemporaryDirectory directory = new();
        string script = Path.Combine(directory.Path, "here.sh");
        await File.WriteAllTextAsync(script, "#!/bin/sh\npwd\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using ISpawnedProcess process = _spawner.Start(new ProcessStart(["./here.sh"], directory.Path, new Dictionary<string, string>()));
        Assert.Equal(directory.Path + "\n", await Programs.ReadToEndAsync(process.Output));
    }

    [Fact]
    public async Task Output_that_was_written_before_the_end_is_read_after_it()
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Shell("head -c 60000 /dev/zero; echo problem >&2"));
        Assert.Equal(new ProcessExit(0, null), await Programs.ExitAsync(process));
        Assert.Equal(60000, (await Programs.ReadToEndAsync(process.Output)).Length);
        Assert.Equal("problem\n", await Programs.ReadToEndAsync(process.Error));
    }

    [Fact]
    public async Task Megabytes_of_output_arrive_whole()
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Shell("seq 1 1000000"));
        string output = await Programs.ReadToEndAsync(process.Output);
        Assert.Equal(6_888_896, output.Length);
        Assert.EndsWith("\n999999\n1000000\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_that_waits_can_be_cancelled_and_repeated()
    {
        using ISpawnedProcess process = _spawner.Start(Programs.Shell("sleep 1000"));
        using CancellationTokenSource cancelled = new();
        Task<int> read = process.Output.ReadAsync(new byte[10], cancelled.Token).AsTask();
        Assert.False(read.IsCompleted);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Task<int> again = process.Output.ReadAsync(new byte[10], TestContext.Current.CancellationToken).AsTask();
        process.Signal(ProcessSignal.Kill);
        Assert.Equal(0, await again.WaitAsync(Programs.Deadline, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Disposing_ends_a_read_that_waits_and_leaves_the_process_alone()
    {
        ISpawnedProcess process = _spawner.Start(Programs.Run("sleep", "1000"));
        Task<int> read = process.Output.ReadAsync(new byte[10], TestContext.Current.CancellationToken).AsTask();
        process.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => read);
        Assert.Equal([process.Id], process.Members());
        Assert.Equal(1, process.Signal(ProcessSignal.Kill));
        Assert.Equal(new ProcessExit(null, 9), await Programs.ExitAsync(process));
    }

    /// <summary>Descriptors without close-on-exec, as a careless native library leaves them.</summary>
    private static unsafe int[] OpenInheritable()
    {
        int[] opened = new int[5];
        fixed (byte* path = "/dev/zero\0"u8)
        {
            for (int index = 0; index < opened.Length; index++)
            {
                opened[index] = DescriptorCalls.Open(path, 0);
                Assert.True(opened[index] > 2, opened[index].ToString(CultureInfo.InvariantCulture));
            }
        }

        return opened;
    }

    private static string Status(string path, string field) => Field(File.ReadAllText(path), field);

    private static string Field(string status, string field) =>
        status.Split('\n').Single(line => line.StartsWith(field + ":", StringComparison.Ordinal))[(field.Length + 1)..].Trim();
}
