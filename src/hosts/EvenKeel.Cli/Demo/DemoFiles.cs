using EvenKeel.Cli.Exits;

namespace EvenKeel.Cli.Demo;

/// <summary>The experiments that come with the program.</summary>
internal static class DemoFiles
{
    /// <summary>One of them by its file's name.</summary>
    /// <exception cref="CommandException">The program was installed without them.</exception>
    public static FileInfo Find(string name)
    {
        var file = new FileInfo(Path.Combine(AppContext.BaseDirectory, "examples", name));
        return file.Exists ? file : throw new CommandException(
            ExitCode.Environment, "EK3009", $"{file} is missing: this installation came without the examples",
            "run the demo with ./evenkeel from the repository");
    }
}
