using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Terminals;
using EvenKeel.Configuration;
using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Cli.Commands;

/// <summary>Reads the file that a command means, and says everything that is wrong with it.</summary>
internal static class Configurations
{
    /// <summary>The cluster of a file named as argument or flag, or of this folder.</summary>
    /// <exception cref="CommandException">It is not valid; the errors have been printed.</exception>
    public static ClusterOptions Load(Terminal terminal, FileInfo? argument, FileInfo? flag) => LoadWhole(terminal, argument, flag).Cluster!;

    /// <summary>As <see cref="Load"/>, with where each value comes from.</summary>
    public static ConfigurationResult LoadWhole(Terminal terminal, FileInfo? argument, FileInfo? flag, IReadOnlyDictionary<string, string>? more = null)
    {
        var result = Read(argument, flag, more);
        if (result.Cluster is not null)
        {
            return result;
        }

        terminal.ErrorLine(DiagnosticRenderer.Render(result.Diagnostics).TrimEnd());
        throw new CommandException(
            ExitCode.Configuration,
            "EK2000",
            $"{(result.Diagnostics.Count == 1 ? "1 error" : $"{result.Diagnostics.Count} errors")} in the configuration");
    }

    /// <summary>The file's cluster, or its errors.</summary>
    public static ConfigurationResult Read(FileInfo? argument, FileInfo? flag, IReadOnlyDictionary<string, string>? more = null)
    {
        if (argument is not null && flag is not null)
        {
            throw new CommandException(ExitCode.Usage, "EK1002", "the file was given twice", "give it as argument or with --config, not both");
        }

        var environment = new Dictionary<string, string>(InheritedEnvironment.Variables());
        environment.TryAdd("EVENKEEL_SERVICES", Path.Combine(AppContext.BaseDirectory, "services"));
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
        {
            environment[name] = value;
        }

        return ConfigurationLoader.Load((argument ?? flag)?.ToString() ?? Environment.GetEnvironmentVariable("EVENKEEL_CONFIG") ?? ".", environment);
    }
}
