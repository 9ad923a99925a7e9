using System.Globalization;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Cli.Clusters;

/// <summary>
/// How many files, pipes and sockets this process may have open. With too few a cluster would fail anywhere, even while it loads a library. The
/// runtime has raised the limit as far as it may.
/// </summary>
internal static class OpenFileLimit
{
    /// <summary>What a cluster needs besides its instances: what the program is made of, listeners, logs, and connections of checks and of a proof.</summary>
    public const int Base = 256;

    /// <summary>What an instance needs: its pipes, its log, and connections to it.</summary>
    public const int EachInstance = 8;

    private const string Limits = "/proc/self/limits";

    /// <summary>Refuses a cluster that there are too few for. Where the limit cannot be read, nothing is refused.</summary>
    /// <exception cref="CommandException">There are too few.</exception>
    public static void Require(ClusterOptions cluster)
    {
        if (File.Exists(Limits) && Of(File.ReadLines(Limits)) is { } limit)
        {
            Require(limit, cluster.Services.Where(service => !service.IsExternal).Sum(service => service.Instances));
        }
    }

    /// <summary>Refuses a number of instances that a limit is too low for.</summary>
    /// <exception cref="CommandException">It is too low.</exception>
    public static void Require(long limit, int instances)
    {
        var needed = Base + (EachInstance * instances);
        if (limit < needed)
        {
            throw new CommandException(ExitCode.Environment, "EK3017", $"this process may have {limit} files and sockets open, and {needed} are needed",
                "raise the limit, as with 'ulimit -n 4096'");
        }
    }

    /// <summary>The limit in force among the lines of <c>/proc/PID/limits</c>; null when there is none.</summary>
    public static long? Of(IEnumerable<string> lines) =>
        lines.FirstOrDefault(line => line.StartsWith("Max open files ", StringComparison.Ordinal)) is { } line
        && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var soft, ..]
        && long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
}
