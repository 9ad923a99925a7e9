using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Commands;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Cli.Reloading;

/// <summary>Where a running cluster's options come from: a file that can be read again, and what the command line makes of it.</summary>
internal sealed class ClusterSource
{
    private readonly Func<ConfigurationResult> _read;
    private readonly Func<ClusterOptions, ClusterOptions> _adapt;

    /// <summary>Reads the file for the first time.</summary>
    /// <param name="context">Where errors go.</param>
    /// <param name="argument">The file as argument, or null.</param>
    /// <param name="flag">The file as flag, or null.</param>
    /// <param name="adapt">What the command line makes of the file's options; it throws for those that are not possible.</param>
    /// <exception cref="CommandException">The file is not valid, and its errors have been printed; or this process may open too few files.</exception>
    public ClusterSource(CommandContext context, FileInfo? argument, FileInfo? flag, Func<ClusterOptions, ClusterOptions> adapt)
    {
        _read = () => Configurations.Read(argument, flag);
        _adapt = adapt;
        First = Configurations.LoadWhole(context.Terminal, argument, flag);
        Options = adapt(First.Cluster!);
        OpenFileLimit.Require(Options);
    }

    /// <summary>What the file said at the start, with the origins of its values.</summary>
    public ConfigurationResult First { get; }

    /// <summary>The options at the start.</summary>
    public ClusterOptions Options { get; }

    /// <summary>What the file says now.</summary>
    public ConfigurationResult Read() => _read();

    /// <summary>The options of what was read.</summary>
    /// <exception cref="CommandException">They are not possible.</exception>
    public ClusterOptions Adapt(ClusterOptions options) => _adapt(options);
}
