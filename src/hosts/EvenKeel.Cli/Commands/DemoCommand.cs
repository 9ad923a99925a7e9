using System.CommandLine;
using EvenKeel.Cli.Demo;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Proving;
using EvenKeel.Proof.Runs;

namespace EvenKeel.Cli.Commands;

/// <summary><c>demo</c>: two instances diverge, shared state cures it; with <c>--bug</c>, a planted bug is caught.</summary>
internal static class DemoCommand
{
    private static readonly string[] Bugs = ["lose", "duplicate", "stale"];

    public static Command Create(CommandContext context)
    {
        var bug = new Option<string?>("--bug") { Description = "Plant a bug in the service and see it caught: lose, duplicate or stale." };
        bug.AcceptOnlyFromAmong(Bugs);
        return new Command("demo", "Show what goes wrong with two instances, and what cures it.").With(bug).Does(context, (parsed, cancellation) =>
            parsed.GetValue(bug) is { } planted ? PlantedAsync(context, planted, cancellation) : ExperimentAsync(context, cancellation));
    }

    private static async Task<ExitCode> ExperimentAsync(CommandContext context, CancellationToken cancellation)
    {
        var terminal = context.Terminal;
        terminal.Line("1. Two instances of a service, each with its albums in its own memory");
        terminal.Line();
        var diverged = await TwoInstances.RunAsync(context, cancellation);
        terminal.Line();
        terminal.Line("2. The same under load, with one instance killed: evenkeel prove examples/albums-memory.yaml");
        terminal.Line();
        var memory = await ProveAsync(context, "albums-memory.yaml", null, cancellation);
        terminal.Line();
        terminal.Line("3. Three instances that share their state, one killed under load: evenkeel prove examples/albums-shared.yaml");
        terminal.Line();
        var shared = await ProveAsync(context, "albums-shared.yaml", null, cancellation);
        terminal.Line();
        terminal.Line("What was learned");
        terminal.Line($"  - in memory:    {memory.Sentence}");
        terminal.Line($"  - shared state: {shared.Sentence}");
        terminal.Line($"  Reports: {Shown(memory)}");
        terminal.Line($"           {Shown(shared)}");
        terminal.Line("  Your own service: evenkeel init --command 'node server.js' --add 'POST /things' --list 'GET /things'");
        if (diverged && memory.ExitCode == (int)ExitCode.Violation && shared.ExitCode == (int)ExitCode.Done)
        {
            return ExitCode.Done;
        }

        throw new CommandException(ExitCode.Internal, "EK6003",
            $"the demo did not come out as it should: diverged {diverged}, in memory {memory.ExitCode} (expected 10), shared {shared.ExitCode} (expected 0)",
            "the reports above say what happened");
    }

    private static async Task<ExitCode> PlantedAsync(CommandContext context, string bug, CancellationToken cancellation)
    {
        context.Terminal.Line($"Three instances that share their state, with the planted bug '{bug}'");
        context.Terminal.Line();
        var result = await ProveAsync(context, "albums-shared.yaml", bug, cancellation);
        context.Terminal.Line();
        context.Terminal.Line($"  Report: {Shown(result)}");
        return result.ExitCode == (int)ExitCode.Violation
            ? ExitCode.Done
            : throw new CommandException(
                ExitCode.Internal,
                "EK6003",
                $"the planted bug was not caught: exit code {result.ExitCode} (expected 10)",
                "the report above says what was checked");
    }

    private static Task<ProofResult> ProveAsync(CommandContext context, string example, string? bug, CancellationToken cancellation)
    {
        var more = bug is null ? null : new Dictionary<string, string> { ["ALBUMS_BUG"] = bug };
        var configuration = Configurations.LoadWhole(context.Terminal, DemoFiles.Find(example), null, more);
        return new ProofSession(context).RunAsync(configuration, configuration.Cluster!.Prove!, $"evenkeel prove examples/{example}", cancellation);
    }

    private static string Shown(ProofResult result) => Path.GetRelativePath(Environment.CurrentDirectory, result.ReportPath);
}
