using System.CommandLine;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.Reloading;
using EvenKeel.Cli.Terminals;

namespace EvenKeel.Cli.Commands;

/// <summary><c>supervise</c>, hidden: what <c>up --detach</c> starts. It writes to the cluster's log file only, as nobody reads its output.</summary>
internal static class SuperviseCommand
{
    public static Command Create(CommandContext context)
    {
        var file = CommonOptions.File();
        var name = new Option<string>("--name") { Required = true };
        var instances = new Option<int?>("--instances");
        var command = new Command("supervise", "Keep a detached cluster running.") { Hidden = true };
        return command.With(file, name, instances).Does(context, async (parsed, cancellation) =>
        {
            var cluster = parsed.GetValue(name)!;
            context.Folder.Create();
            await using var log = new StreamWriter(context.Folder.LogOf(cluster), append: true) { AutoFlush = true };
            var own = context with { Terminal = new Terminal(log, log, context.Time, colors: false) };
            try
            {
                var source = new ClusterSource(own, parsed.GetValue(file), null, options => UpCommand.Sized(options, parsed.GetValue(instances)));
                await new ClusterHost(own, source, cluster).RunAsync((_, _) => Task.CompletedTask, cancellation);
                return ExitCode.Done;
            }
            catch (Exception error) when (CommandFactory.ProblemOf(error) is not null)
            {
                var problem = CommandFactory.ProblemOf(error)!;
                own.Terminal.Error(problem);
                return problem.Exit;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                own.Terminal.ErrorLine(error.ToString());
                throw;
            }
        });
    }
}
