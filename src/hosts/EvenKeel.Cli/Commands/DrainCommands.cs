using System.CommandLine;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.RunFiles;

namespace EvenKeel.Cli.Commands;

/// <summary><c>drain</c> and <c>undrain</c>: take endpoints out of the gateway without losing a request, and let them back in.</summary>
internal static class DrainCommands
{
    public static IEnumerable<Command> Create(CommandContext context)
    {
        var instances = CommonOptions.Instances("drain");
        var name = CommonOptions.Name();
        var timeout = new Option<int>("--wait-timeout") { Description = "Seconds to wait for the requests under way.", DefaultValueFactory = _ => 60 };
        yield return new Command("drain", "Send instances no new requests; ends when none is under way.")
            .With(instances, name, timeout).Does(context, async (parsed, cancellation) =>
            {
                using var client = ClusterLocator.Connect(context.Folder, parsed.GetValue(name));
                foreach (var instance in parsed.GetValue(instances)!)
                {
                    await client.DrainAsync(instance, parsed.GetValue(timeout), cancellation);
                    context.Terminal.Line($"drained {instance}");
                }

                return ExitCode.Done;
            });

        var back = CommonOptions.Instances("undrain");
        var cluster = CommonOptions.Name();
        yield return new Command("undrain", "Send drained instances requests again.").With(back, cluster).Does(context, async (parsed, cancellation) =>
        {
            using var client = ClusterLocator.Connect(context.Folder, parsed.GetValue(cluster));
            foreach (var instance in parsed.GetValue(back)!)
            {
                await client.UndrainAsync(instance, cancellation);
                context.Terminal.Line($"undrained {instance}");
            }

            return ExitCode.Done;
        });
    }
}
