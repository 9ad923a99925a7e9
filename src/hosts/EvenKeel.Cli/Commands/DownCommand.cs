using System.CommandLine;
using EvenKeel.Cli.Exits;
using EvenKeel.Cli.RunFiles;

namespace EvenKeel.Cli.Commands;

/// <summary><c>down</c>: stop a running cluster; ends when its supervisor is gone.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LastMoments = TimeSpan.FromSeconds(5);

    public static Command Create(CommandContext context)
    {
        var name = CommonOptions.Name();
        var timeout = new Option<int>("--wait-timeout") { Description = "Seconds to wait until everything is gone.", DefaultValueFactory = _ => 60 };
        return new Command("down", "Stop a running cluster.").With(name, timeout).Does(context, async (parsed, cancellation) =>
        {
            var run = ClusterLocator.TryFind(context.Folder, parsed.GetValue(name));
            if (run is null)
            {
                context.Terminal.Line("nothing runs here");
                return ExitCode.Done;
            }

            if (run.Control is not null)
            {
                await AskAsync(context, run, cancellation);
            }

            await WaitUntilGoneAsync(context, run, TimeSpan.FromSeconds(parsed.GetValue(timeout)), cancellation);
            context.Terminal.Line($"stopped {run.Name}");
            return ExitCode.Done;
        });
    }

    private static async Task AskAsync(CommandContext context, RunFile run, CancellationToken cancellation)
    {
        using var client = new Control.ControlClient(run, context.Folder.ReadToken(run.Name));
        try
        {
            await client.DownAsync(cancellation);
        }
        catch (CommandException error) when (error.Exit == ExitCode.NotFound)
        {
            // One that goes down already, asked by somebody else, answers no more: that is what was wanted.
            if (!await EndsSoonAsync(context, run, cancellation))
            {
                throw;
            }
        }
    }

    private static async Task<bool> EndsSoonAsync(CommandContext context, RunFile run, CancellationToken cancellation)
    {
        var since = context.Time.GetTimestamp();
        while (RunFolder.Lives(run))
        {
            if (context.Time.GetElapsedTime(since) > LastMoments)
            {
                return false;
            }

            await Task.Delay(Look, context.Time, cancellation);
        }

        return true;
    }

    private static async Task WaitUntilGoneAsync(CommandContext context, RunFile run, TimeSpan timeout, CancellationToken cancellation)
    {
        var since = context.Time.GetTimestamp();
        while (context.Folder.Read(run.Name)?.Pid == run.Pid)
        {
            if (context.Time.GetElapsedTime(since) > timeout)
            {
                throw new CommandException(ExitCode.TimedOut, "EK4003", $"'{run.Name}' (pid {run.Pid}) has not stopped within {timeout.TotalSeconds} s",
                    $"see what it waits for with 'evenkeel logs --name {run.Name}'");
            }

            await Task.Delay(Look, context.Time, cancellation);
        }

        // The cluster is gone, and its process about to end.
        _ = await EndsSoonAsync(context, run, cancellation);
    }
}
