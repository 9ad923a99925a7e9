using EvenKeel.Cli.Commands;
using EvenKeel.Cli.Control;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;
using EvenKeel.Fleet.Processes;

namespace EvenKeel.Cli.Clusters;

/// <summary>Starts the supervisor of a cluster as a process of its own, in a session of its own, and waits until the cluster is ready.</summary>
internal sealed class DetachedStart(CommandContext context, ClusterOptions options, string name)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Starts it and prints its instances.</summary>
    /// <exception cref="CommandException">It ended, or was not ready in time; then it was stopped.</exception>
    public async Task RunAsync(IEnumerable<string> more, TimeSpan timeout, CancellationToken cancellation)
    {
        // Found here, the cause reaches the terminal at once; the supervisor claims the name again for itself.
        context.Folder.Claim(name).Dispose();
        File.Delete(context.Folder.LogOf(name));
        var command = SelfCommand.With(["supervise", options.File, "--name", name, .. more]);
        using var process = ProcessSpawner.Create(context.Time)
            .Start(new ProcessStart(command, Environment.CurrentDirectory, InheritedEnvironment.Variables()));
        var since = context.Time.GetTimestamp();
        while (context.Folder.Read(name) is not { Ready: true, Control: not null })
        {
            if (process.Exited.IsCompleted)
            {
                var explained = Explain();
                var exit = await process.Exited;
                var code = (ExitCode)(exit.Code ?? (int)ExitCode.Internal);
                throw new CommandException(Enum.IsDefined(code) ? code : ExitCode.Internal, "EK4006", $"the supervisor of '{name}' ended with {exit}",
                    explained
                        ? $"its messages are above; its whole log is {context.Folder.LogOf(name)}"
                        : $"it could write no message to {context.Folder.LogOf(name)}: is the disk full? 'evenkeel up' without -d shows its messages");
            }

            if (context.Time.GetElapsedTime(since) > timeout || cancellation.IsCancellationRequested)
            {
                process.Signal(ProcessSignal.Terminate);
                await process.Exited;
                Explain();
                cancellation.ThrowIfCancellationRequested();
                throw new CommandException(
                    ExitCode.TimedOut,
                    "EK4003",
                    $"'{name}' was not ready within {timeout.TotalSeconds} s and was stopped",
                    "give it longer with --wait-timeout, or see the messages above");
            }

            await Task.Delay(Look, context.Time, CancellationToken.None);
        }

        var run = context.Folder.Read(name)!;
        using var client = new ControlClient(run, context.Folder.ReadToken(name));
        PsCommand.Print(context, await client.ClusterAsync(cancellation));
    }

    // False when there is nothing to show.
    private bool Explain()
    {
        string[] lines = File.Exists(context.Folder.LogOf(name)) ? [.. File.ReadLines(context.Folder.LogOf(name)).TakeLast(40)] : [];
        foreach (var line in lines)
        {
            context.Terminal.ErrorLine(line);
        }

        return lines.Length > 0;
    }
}
