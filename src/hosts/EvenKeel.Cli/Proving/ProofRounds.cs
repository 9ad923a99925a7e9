using System.Globalization;
using EvenKeel.Cli.Commands;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration;
using EvenKeel.Configuration.Model;
using EvenKeel.Consistency.Verdicts;
using EvenKeel.Proof.Runs;

namespace EvenKeel.Cli.Proving;

/// <summary>
/// Runs a proof several times, each with the next seed, on a fresh cluster each. Shows a line for each round, and all of those that did not pass.
/// What the servers of a round kept is removed when it passed: fifty databases would fill the disk.
/// </summary>
internal sealed class ProofRounds(CommandContext context, int rounds)
{
    /// <summary>The most rounds of one call.</summary>
    public const int Most = 1000;

    /// <summary>Runs them all; the worst exit code is the command's. Ends early when it is interrupted.</summary>
    /// <param name="configuration">The file, valid.</param>
    /// <param name="options">The proof with its first seed.</param>
    /// <param name="repro">The command line that repeats a round, by its seed.</param>
    /// <param name="cancellation">Ends it early.</param>
    public async Task<ExitCode> RunAsync(
        ConfigurationResult configuration, ProveOptions options, Func<ulong, string> repro, CancellationToken cancellation)
    {
        var session = new ProofSession(context) { Brief = true };
        var results = new List<ProofResult>();
        while (results.Count < rounds && !cancellation.IsCancellationRequested)
        {
            var seed = unchecked(options.Seed + (ulong)results.Count);
            var result = await session.RunAsync(configuration, options with { Seed = seed }, repro(seed), cancellation);
            results.Add(result);
            context.Terminal.Line(Row(result));
            if (result.ExitCode == 0)
            {
                Forget(Path.Combine(result.Folder.Logs, "servers"));
            }
        }

        context.Terminal.Line(string.Create(CultureInfo.InvariantCulture,
            $"{results.Count} of {rounds} rounds: {Count(Verdict.Pass)} passed, {Count(Verdict.Violation)} violated, {Count(Verdict.Inconclusive)} inconclusive"));
        return (ExitCode)results.MinBy(Rank)!.ExitCode;

        int Count(Verdict verdict) => results.Count(result => result.Verdict == verdict);
    }

    private static string Row(ProofResult result)
    {
        var operations = result.Scenarios.Sum(scenario => scenario.OperationCount);
        var faults = result.Scenarios.Sum(scenario => scenario.Faults.Count(fault => fault.Confirmed));
        return string.Create(CultureInfo.InvariantCulture,
            $"seed {result.Seed,-6} {result.Verdict.ToString().ToUpperInvariant(),-12} {operations,7} operations {faults,3} fault{(faults == 1 ? " " : "s")} "
            + $"{result.Elapsed.TotalSeconds,6:0.0} s  {result.Folder.Name}");
    }

    // A violation stands whatever else happened; an interruption is the user's word.
    private static int Rank(ProofResult result) => result.ExitCode switch { 10 => 0, 130 => 1, 11 => 2, 0 => 4, _ => 3 };

    private static void Forget(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays; that costs room and nothing else.
        }
    }
}
