using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Linux;

namespace EvenKeel.Fleet.Tests.Processes.Linux;

[Trait("Category", "Process")]
public sealed class OrphanReaperProcessTests
{
    private const string Orphans = "for number in 1 2 3 4 5; do setsid -f true; done; exit 7";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Orphans_are_reaped_and_the_exit_of_the_own_child_is_still_told(bool asInit)
    {
        string[] command = [CompanionProgram.Executable, "adopt", Orphans];
        if (asInit)
        {
            command = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child", .. command];
            Assert.SkipUnless(Environment.IsPrivilegedProcess, "SKIPPED, a PID namespace needs root: run the tests as root");
        }

        using OutputPipe input = OutputPipe.Open();
        using LinuxProcess process = new LinuxProcessSpawner(TimeProvider.System).Start(
            new ProcessStart(command, "/", CompanionProgram.Environment), input.Reader);
        bool seen = false;
        string line;
        do
        {
            line = await Programs.ReadLineAsync(process.Output);
            seen |= line.StartsWith("zombies 5", StringComparison.Ordinal);
        }
        while (line != "zombies 0, exit exit code 7" || !seen);

        process.Signal(ProcessSignal.Kill);
    }
}
