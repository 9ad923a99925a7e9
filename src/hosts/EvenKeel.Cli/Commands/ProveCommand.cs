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
        var quiet = CommonOptions.Quiet();
        var json = CommonOptions.Json();
        return new Command("prove", "Attack a cluster under load and judge what it did.")
            .With(file, config, seed, quiet, json)
            .Does(context, async (parsed, cancellation) =>
            {
                context.Terminal.Quiet = parsed.GetValue(quiet);
                var configuration = Configurations.LoadWhole(context.Terminal, parsed.GetValue(file), parsed.GetValue(config));
                var options = configuration.Cluster!.Prove ?? throw new CommandException(
                    ExitCode.Configuration, "EK3007", "the file has no 'prove' section", "add one (evenkeel schema prove), or let 'evenkeel init' write it");
                options = parsed.GetValue(seed) is { } text ? options with { Seed = Seed(text) } : options;
                var shown = Path.GetRelativePath(Environment.CurrentDirectory, configuration.Cluster.File);
                var repro = string.Create(CultureInfo.InvariantCulture, $"evenkeel prove {shown} --seed {options.Seed}");
                var session = new ProofSession(context) { Json = parsed.GetValue(json) };
                return (ExitCode)(await session.RunAsync(configuration, options, repro, cancellation)).ExitCode;
            });
    }

    private static ulong Seed(string text)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(isHex ? text[2..] : text, isHex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw new CommandException(ExitCode.Usage, "EK1002", $"'{text}' is no seed", "a seed is a number such as 42 or 0x5EED");
    }
}
