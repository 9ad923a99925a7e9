using EvenKeel.Cli.Control;
using EvenKeel.Cli.Exits;

namespace EvenKeel.Cli.RunFiles;

/// <summary>Finds the running cluster that a command means.</summary>
internal static class ClusterLocator
{
    /// <summary>The cluster of a name, or without one the only cluster that runs here.</summary>
    /// <exception cref="CommandException">None runs, or several do and none was named.</exception>
    public static RunFile Find(RunFolder folder, string? name) =>
        TryFind(folder, name) ?? throw new CommandException(ExitCode.NotFound, "EK3003",
            name is null ? "no cluster runs here" : $"no cluster named '{name}' runs here{Others(folder.All())}",
            "start one with 'evenkeel up -d FILE'");

    /// <summary>As <see cref="Find"/>, but null when none runs.</summary>
    public static RunFile? TryFind(RunFolder folder, string? name)
    {
        if (name is not null)
        {
            return folder.Read(name);
        }

        var all = folder.All();
        return all.Count <= 1 ? all is [var only] ? only : null : throw new CommandException(
            ExitCode.Usage, "EK1003", $"several clusters run here: {string.Join(", ", all.Select(run => run.Name))}", "say which one with --name");
    }

    /// <summary>A client of the cluster that a command means.</summary>
    public static ControlClient Connect(RunFolder folder, string? name)
    {
        var run = Find(folder, name);
        return run.Control is null
            ? throw new CommandException(ExitCode.NotFound, "EK3002", $"the cluster '{run.Name}' (pid {run.Pid}) is still starting", "try again in a moment")
            : new ControlClient(run, folder.ReadToken(run.Name));
    }

    private static string Others(IReadOnlyList<RunFile> all) => all.Count == 0 ? "" : $"; running: {string.Join(", ", all.Select(run => run.Name))}";
}
