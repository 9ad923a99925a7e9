using System.Runtime.Versioning;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Linux;

namespace EvenKeel.Fleet.Tests.Processes.Linux;

[Trait("Category", "Process")]
[SupportedOSPlatform("linux")]
public sealed class SpawnFailureProcessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("#!/no/such/interpreter\n", "the interpreter that its first line names")]
    [InlineData("neither script nor binary", "a script needs a first line such as '#!/bin/sh'")]
    public void What_the_kernel_refuses_is_explained(string content, string advice)
    {
        string file = Path.Combine(_directory.Path, "app");
        File.WriteAllText(file, content);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string message = Refused(new ProcessStart([file], _directory.Path, new Dictionary<string, string>()));
        Assert.StartsWith($"'{file}' could not be started in '{_directory.Path}'", message, StringComparison.Ordinal);
        Assert.Contains(advice, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_that_are_too_long_are_explained() =>
        Assert.Contains("ARG_MAX", Refused(Programs.Run("true", new string('a', 3_000_000))), StringComparison.Ordinal);

    private static string Refused(ProcessStart start) =>
        Assert.Throws<ProcessStartException>(() => new LinuxProcessSpawner(TimeProvider.System).Start(start)).Message;
}
