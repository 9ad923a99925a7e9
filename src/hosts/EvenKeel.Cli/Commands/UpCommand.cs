using System.CommandLine;
using System.Globalization;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Reloading;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Cli.Commands;

/// <summary><c>up</c>: run the cluster of a file; in the foreground until Ctrl-C, or detached until <c>down</c>.</summary>
internal static class UpCommand
{
    public static Command Create(CommandContext context)
    {
        var file = CommonOptions.File();
        var config = CommonOptions.Config();
        var name = CommonOptions.Name();
        var detach = new Option<bool>("--detach", "-d") { Description = "Return when every instance is ready; the cluster runs on." };
        var timeout = new Option<int>("--wait-timeout") { Description = "Seconds to wait for readiness with --detach.", DefaultValueFactory = _ => 60 };
        var instances = new Option<int?>("--instances", "-n") { Description = "How many instances each service has, in place of the file's number." };
        var quiet = CommonOptions.Quiet();
        return new Command("up", "Run the cluster of a file.")
            .With(file, config, name, detach, timeout, instances, quiet)
            .Does(context, async (parsed, cancellation) =>
            {
                context.Terminal.Quiet = parsed.GetValue(quiet);
                var count = parsed.GetValue(instances);
                var source = new ClusterSource(context, parsed.GetValue(file), parsed.GetValue(config), options => Sized(options, count));
                var cluster = parsed.GetValue(name) ?? source.Options.Name;
                if (parsed.GetValue(detach))
                {
                    var more = count is { } given ? new[] { "--instances", given.ToString(CultureInfo.InvariantCulture) } : [];
                    await new DetachedStart(context, source.Options, cluster).RunAsync(more, TimeSpan.FromSeconds(parsed.GetValue(timeout)), cancellation);
                    return ExitCode.Done;
                }

                var asked = await new ClusterHost(context, source, cluster).RunAsync((running, ending) => ShowAsync(context, running, ending), cancellation);
                return asked ? ExitCode.Done : ExitCode.Interrupted;
            });
    }

    /// <summary>The cluster with another number of instances.</summary>
    /// <exception cref="CommandException">The number is not possible.</exception>
    public static ClusterOptions Sized(ClusterOptions options, int? instances)
    {
        if (instances is not { } count)
        {
            return options;
        }

        var own = options.Services.Where(Counts).ToList();
        var limit = own.Select(service => service.Ports.Count > 0 ? service.Ports.Count : 100).DefaultIfEmpty().Min();
        if (own.Count == 0)
        {
            throw new CommandException(ExitCode.Usage, "EK1002", "--instances has nothing to count: no service has a command", "leave it out");
        }

        return count >= 1 && count <= limit
            ? options with { Services = [.. options.Services.Select(service => Counts(service) ? service with { Instances = count } : service)] }
            : throw new CommandException(ExitCode.Usage, "EK1002", $"--instances {count} is not possible", $"give 1 to {limit}");
    }

    // Servers elsewhere are as many as their addresses, and a server of a kind is one.
    private static bool Counts(ServiceOptions service) => !service.IsExternal && service.Server is null;

    private static async Task ShowAsync(CommandContext context, RunningCluster cluster, CancellationToken ending)
    {
        PsCommand.Print(context, cluster.View());
        context.Terminal.Line("  Ctrl-C stops everything.");
        context.Terminal.Line();
        await foreach (var line in cluster.Logs.ReadAsync([], ClusterLogs.MaxTail, follow: true, ending))
        {
            context.Terminal.Line(LogsCommand.Format(ClusterViews.Of(line)));
        }
    }
}
