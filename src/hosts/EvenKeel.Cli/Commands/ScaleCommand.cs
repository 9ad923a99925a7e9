using System.CommandLine;
using System.Globalization;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.RunFiles;

namespace EvenKeel.Cli.Commands;

/// <summary><c>scale web=5</c>: more or fewer instances; ends when all of them are ready, or the surplus is gone.</summary>
internal static class ScaleCommand
{
    public static Command Create(CommandContext context)
    {
        var targets = new Argument<string[]>("SERVICE=N")
        {
            Description = "The service and how many instances it shall have.",
            Arity = ArgumentArity.OneOrMore,
        };
        var name = CommonOptions.Name();
        return new Command("scale", "Change how many instances a service has.").With(targets, name).Does(context, async (parsed, cancellation) =>
        {
            var wanted = parsed.GetValue(targets)!.Select(Parse).ToList();
            using var client = ClusterLocator.Connect(context.Folder, parsed.GetValue(name));
            foreach (var (service, count) in wanted)
            {
                await client.ScaleAsync(service, count, cancellation);
                context.Terminal.Line($"{service} has {count} instance{(count == 1 ? "" : "s")}");
            }

            return ExitCode.Done;
        });
    }

    private static (string Service, int Count) Parse(string text)
    {
        var parts = text.Split('=');
        return parts.Length == 2 && parts[0].Length > 0 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? (parts[0], count)
            : throw new CommandException(ExitCode.Usage, "EK1002", $"'{text}' is not of the form SERVICE=N", "for example: evenkeel scale web=5");
    }
}
