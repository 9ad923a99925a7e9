using System.CommandLine;
using System.Globalization;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Proving;

namespace EvenKeel.Cli.Commands;

/// <summary><c>prove</c>: start the cluster of a file, attack it under load, and say whether anything was lost, stale, doubled or down.</summary>
internal static class ProveCommand
{
    public static Command Create(CommandContext context)
    {
        var file = CommonOptions.File();
        var config = CommonOptions.Config();
        var seed = new Option<string?>("--seed") { Description = "Seed of every random choice, decimal or 0x hexadecimal." };
        var rounds = new Option<int?>("--rounds") { Description = "Prove so many times, each with the next seed, and show a line for each." };
        var quiet = CommonOptions.Quiet();
        var json = CommonOptions.Json();
        return new Command("prove", "Attack a cluster under load and judge what it did.")
            .With(file, config, seed, rounds, quiet, json)
            .Does(context, async (parsed, cancellation) =>
            {
                context.Terminal.Quiet = parsed.GetValue(quiet);
                var configuration = Configurations.LoadWhole(context.Terminal, parsed.GetValue(file), parsed.GetValue(config));
                var options = configuration.Cluster!.Prove ?? throw new CommandException(
                    ExitCode.Configuration, "EK3007", "the file has no 'prove' section", "add one (evenkeel schema prove), or let 'evenkeel init' write it");
                options = parsed.GetValue(seed) is { } text ? options with { Seed = Seed(text) } : options;
                var shown = Path.GetRelativePath(Environment.CurrentDirectory, configuration.Cluster.File);
                if (parsed.GetValue(rounds) is { } count)
                {
                    return await new ProofRounds(context, Rounds(count, parsed.GetValue(json))).RunAsync(configuration, options, Repro, cancellation);
                }

                var session = new ProofSession(context) { Json = parsed.GetValue(json) };
                return (ExitCode)(await session.RunAsync(configuration, options, Repro(options.Seed), cancellation)).ExitCode;

                string Repro(ulong value) => string.Create(CultureInfo.InvariantCulture, $"evenkeel prove {shown} --seed {value}");
            });
    }

    private static int Rounds(int count, bool json) =>
        json ? throw new CommandException(ExitCode.Usage, "EK1002", "--json prints one proof, and --rounds makes several",
            "leave one of them out; each round leaves its result.json in its folder")
        : count is >= 1 and <= ProofRounds.Most ? count
        : throw new CommandException(ExitCode.Usage, "EK1002", $"--rounds {count} cannot be run", $"give 1 to {ProofRounds.Most}");

    private static ulong Seed(string text)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(isHex ? text[2..] : text, isHex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new CommandException(ExitCode.Usage, "EK1002", $"'{text}' is no seed", "a seed is a number such as 42 or 0x5EED");
    }
}
