using System.Runtime.InteropServices;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Commands;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Systems;
using EvenKeel.Configuration;
using EvenKeel.Configuration.Model;
using EvenKeel.Proof;
using EvenKeel.Proof.Runs;

namespace EvenKeel.Cli.Proving;

/// <summary>Runs the proof of one file and prints what it found.</summary>
internal sealed class ProofSession(CommandContext context)
{
    /// <summary>True to print the result file instead of the text for people.</summary>
    public bool Json { get; init; }

    /// <summary>True to print nothing of a proof that passed.</summary>
    public bool Brief { get; init; }

    /// <summary>Runs it; the result's exit code is the command's.</summary>
    /// <param name="configuration">The file, valid.</param>
    /// <param name="options">The proof, with what flags changed.</param>
    /// <param name="repro">The command line that repeats it.</param>
    /// <param name="cancellation">Ends it early; what was found so far is kept.</param>
    /// <exception cref="CommandException">It could not be run.</exception>
    public async Task<ProofResult> RunAsync(ConfigurationResult configuration, ProveOptions options, string repro, CancellationToken cancellation)
    {
        var cluster = configuration.Cluster! with { Prove = options };

        // Before there is a folder of a run that nothing would be in.
        OpenFileLimit.Require(cluster);
        await Needs.CheckAsync(cluster.Needs, context.Time, cancellation);
        var setup = new ProofSetup
        {
            StateFolder = context.Folder.Root,
            ClusterName = cluster.Name,
            ResolvedConfiguration = string.Concat(configuration.Origins.Select(value => $"{value.Path}: {value.Value}\n")),
            ReproCommand = repro,
            Environment = [.. Facts(cluster)],
        };
        var factory = new ClusterSystemFactory(cluster, cluster.Name, context.Time);
        try
        {
            var result = await new ProofRunner(options, factory, setup, new ProofConsole(context.Terminal), context.Time).RunAsync(cancellation);
            if (result.Unwritten is { } cause)
            {
                // Where a program expects the file's text, people's text would only confuse it.
                (Json ? (Action<string>)context.Terminal.ErrorLine : context.Terminal.Line)(result.Text.TrimEnd());
                context.Terminal.Error(new CommandException(
                    ExitCode.Environment, "EK3011", $"the result could not be written: {cause}", "make room, or name another folder with EVENKEEL_STATE_DIR"));
                return result;
            }

            if (Brief && result.ExitCode == 0)
            {
                return result;
            }

            context.Terminal.Line((Json ? await File.ReadAllTextAsync(result.Folder.File("result.json"), CancellationToken.None) : result.Text).TrimEnd());
            return result;
        }
        catch (ProofException error)
        {
            throw new CommandException(ExitCode.Configuration, "EK6001", error.Message);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Facts(ClusterOptions cluster) =>
    [
        new("file", cluster.File),
        new("evenkeel", typeof(ProofSession).Assembly.GetName().Version!.ToString(3)),
        new("runtime", RuntimeInformation.FrameworkDescription),
        new("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} cores"),
    ];
}
