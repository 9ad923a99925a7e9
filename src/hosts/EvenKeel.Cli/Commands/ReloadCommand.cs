using System.CommandLine;
using System.Text.Json;
using EvenKeel.Cli.Control;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.RunFiles;

namespace EvenKeel.Cli.Commands;

/// <summary><c>reload</c>: let a running cluster read its file again; ends when it is in force or refused.</summary>
internal static class ReloadCommand
{
    public static Command Create(CommandContext context)
    {
        var name = CommonOptions.Name();
        var json = CommonOptions.Json();
        return new Command("reload", "Let a running cluster read its file again.").With(name, json).Does(context, async (parsed, cancellation) =>
        {
            using var client = ClusterLocator.Connect(context.Folder, parsed.GetValue(name));
            var outcome = await client.ReloadAsync(cancellation);
            context.Terminal.Line(parsed.GetValue(json)
                ? JsonSerializer.Serialize(outcome, ControlJson.Default.ReloadView)
                : outcome.Outcome == "unchanged"
                    ? $"nothing has changed; version {outcome.Version} is in force"
                    : $"version {outcome.Version} is in force: {string.Join(", ", outcome.Changes)}");
            return ExitCode.Done;
        });
    }
}
