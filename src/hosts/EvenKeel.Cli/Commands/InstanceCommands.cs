using System.CommandLine;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.RunFiles;

namespace EvenKeel.Cli.Commands;

/// <summary>The verbs that need an instance: <c>kill</c>, <c>pause</c>, <c>resume</c>, <c>restart</c>. Each ends when its effect was observed.</summary>
internal static class InstanceCommands
{
    public static IEnumerable<Command> Create(CommandContext context) =>
    [
        Create(context, "kill", "killed", "End instances at once (SIGKILL to each and all its children). The fleet replaces them."),
        Create(context, "pause", "paused", "Freeze instances (SIGSTOP) until resume."),
        Create(context, "resume", "resumed", "Let paused instances go on (SIGCONT)."),
        Create(context, "restart", "restarted", "Stop instances gracefully and start them again; ends when they are ready."),
    ];

    private static Command Create(CommandContext context, string verb, string done, string description)
    {
        var instances = CommonOptions.Instances(verb);
        var name = CommonOptions.Name();
        var command = new Command(verb, description).With(instances, name).Does(context, async (parsed, cancellation) =>
        {
            using var client = ClusterLocator.Connect(context.Folder, parsed.GetValue(name));
            var targets = parsed.GetValue(instances)!;
            await client.ActAsync(verb, targets, cancellation);
            context.Terminal.Line($"{done} {string.Join(", ", targets)}");
            return ExitCode.Done;
        });
        if (verb == "resume")
        {
            command.Aliases.Add("unpause");
        }

        return command;
    }
}
