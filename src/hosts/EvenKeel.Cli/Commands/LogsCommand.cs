using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EvenKeel.Cli.Control;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.RunFiles;

namespace EvenKeel.Cli.Commands;

/// <summary><c>logs</c>: what the instances wrote, merged and tagged.</summary>
internal static class LogsCommand
{
    public static Command Create(CommandContext context)
    {
        var instances = new Argument<string[]>("INSTANCE") { Description = "Only these instances or services.", Arity = ArgumentArity.ZeroOrMore };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on with what comes, until the cluster or you end it." };
        var tail = new Option<int>("--tail") { Description = "How many lines of the past, 0 to 1000 for each instance.", DefaultValueFactory = _ => 100 };
        var name = CommonOptions.Name();
        var json = CommonOptions.Json();
        return new Command("logs", "Show what the instances wrote.").With(instances, follow, tail, name, json).Does(context, async (parsed, cancellation) =>
        {
            using var client = ClusterLocator.Connect(context.Folder, parsed.GetValue(name));
            var lines = client.LogsAsync(parsed.GetValue(instances)!, parsed.GetValue(tail), parsed.GetValue(follow), cancellation);
            await foreach (var line in lines.WithCancellation(cancellation))
            {
                context.Terminal.Line(parsed.GetValue(json) ? JsonSerializer.Serialize(line, ControlJson.Default.LogView) : Format(line));
            }

            return ExitCode.Done;
        });
    }

    /// <summary>A line as people read it: time, instance, text.</summary>
    public static string Format(LogView line) =>
        $"{line.Time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {line.Instance,-8} {line.Text}";
}
