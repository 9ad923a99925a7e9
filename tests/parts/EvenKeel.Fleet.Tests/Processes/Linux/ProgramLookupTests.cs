using System.Runtime.Versioning;
using EvenKeel.Fleet.Processes;
using EvenKeel.Fleet.Processes.Linux;

namespace EvenKeel.Fleet.Tests.Processes.Linux;

[SupportedOSPlatform("linux")]
public sealed class ProgramLookupTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_bare_name_is_searched_in_the_PATH_of_the_new_process()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "bin"));
        string program = Write("bin/serve", executable: true);
        Assert.Equal(program, Find("serve", ("PATH", "/nowhere:" + Path.Combine(_directory.Path, "bin"))));
        Assert.Equal(program, Find("serve", ("PATH", "bin")));
        Assert.Equal("/bin/sh", Find("sh", ("PATH", "/bin")));
    }

    [Fact]
    public void Without_a_PATH_of_its_own_ours_is_searched() => Assert.EndsWith("/sh", Find("sh"), StringComparison.Ordinal);

    [Fact]
    public void A_name_with_a_slash_starts_at_the_working_directory()
    {
        string program = Write("serve", executable: true);
        Assert.Equal(program, Find("./serve"));
        Assert.Equal(program, Find(program));
    }

    [Fact]
    public void A_file_that_is_not_executable_is_passed_over_when_a_later_folder_has_one_that_is()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "first"));
        Directory.CreateDirectory(Path.Combine(_directory.Path, "second"));
        Write("first/serve", executable: false);
        string program = Write("second/serve", executable: true);
        Assert.Equal(program, Find("serve", ("PATH", "first:second")));
        Assert.Contains("is not executable for this user. Run: chmod +x", Refused("serve", ("PATH", "first")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_is_not_there_is_named_with_the_place_and_the_cure()
    {
        string message = Refused("no-such-program", ("PATH", "/usr/bin"));
        Assert.Contains("'no-such-program' was not found. PATH is '/usr/bin'. Install it", message, StringComparison.Ordinal);
        Assert.Contains($"no file '{_directory.Path}/bin/app'", Refused("bin/app"), StringComparison.Ordinal);
        Assert.Contains("is a directory", Refused("/usr/bin"), StringComparison.Ordinal);
        Write("data", executable: false);
        Assert.Contains($"chmod +x '{_directory.Path}/data'", Refused("./data"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_is_missing_or_relative_is_named()
    {
        ProcessStart missing = new(["sh"], _directory.Path + "/gone", new Dictionary<string, string>());
        string message = Assert.Throws<ProcessStartException>(() => ProgramLookup.Find(missing)).Message;
        Assert.Contains($"'sh' cannot be started: its working directory '{_directory.Path}/gone' does not exist.", message, StringComparison.Ordinal);
        ProcessStart relative = missing with { Directory = "gone" };
        Assert.Contains("is not an absolute path", Assert.Throws<ProcessStartException>(() => ProgramLookup.Find(relative)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_system_call_cannot_say_is_refused()
    {
        Assert.Contains("the command is empty", Refused(""), StringComparison.Ordinal);
        Assert.Contains("NUL", Refused("sh\0"), StringComparison.Ordinal);
        Assert.Contains("'A=B' has an empty name, an equals sign in its name", Refused("sh", ("A=B", "")), StringComparison.Ordinal);
        Assert.Contains("environment variable 'A'", Refused("sh", ("A", "\0")), StringComparison.Ordinal);
    }

    private string Find(string program, params (string Name, string Value)[] environment) =>
        ProgramLookup.Find(new ProcessStart([program], _directory.Path, environment.ToDictionary(pair => pair.Name, pair => pair.Value)));

    private string Refused(string program, params (string Name, string Value)[] environment) =>
        Assert.Throws<ProcessStartException>(() => Find(program, environment)).Message;

    private string Write(string name, bool executable)
    {
        string path = Path.Combine(_directory.Path, name);
        File.WriteAllText(path, "#!/bin/sh\n");
        File.SetUnixFileMode(path, executable ? UnixFileMode.UserRead | UnixFileMode.UserExecute : UnixFileMode.UserRead);
        return path;
    }
}
