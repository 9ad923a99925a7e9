using EvenKeel.Cli.Commands;
using EvenKeel.Cli.Control;
using EvenKeel.Cli.Metrics;
using EvenKeel.Cli.Reloading;
using EvenKeel.Cli.RunFiles;
using EvenKeel.Cli.Terminals;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Cli.Clusters;

/// <summary>
/// Keeps a cluster running in this process: 1. claims its name; 2. makes it and opens the control API; 3. starts the instances; 4. says that
/// it is ready; 5. waits until somebody ends it; 6. stops the instances in order.
/// </summary>
internal sealed class ClusterHost(CommandContext context, ClusterSource source, string name)
{
    /// <summary>Runs until the token ends or the control API is asked to stop.</summary>
    /// <param name="whenReady">Called once all instances are ready, with the cluster.</param>
    /// <param name="cancellation">Ends the cluster in order.</param>
    /// <returns>True when the control API asked for the end, false when the token did.</returns>
    public async Task<bool> RunAsync(Func<RunningCluster, CancellationToken, Task> whenReady, CancellationToken cancellation)
    {
        // 1.
        using var claim = context.Folder.Claim(name);
        using var down = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(down.Token, cancellation);
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(new TerminalLoggerProvider(context.Terminal)).SetMinimumLevel(LogLevel.Warning));
        try
        {
            // 2.
            await using var cluster = await RunningCluster.CreateAsync(source.Options, new ClusterSettings
            {
                Name = name,
                LogsDirectory = context.Folder.LogsOf(name),
                ServersDirectory = context.Folder.ServersOf(name),
                Tell = context.Terminal.Progress,
                Time = context.Time,
                Logs = logs,
                Recorder = new ClusterNarrator(context.Terminal),
            }, ending.Token);
            var reloader = cluster.Follow(source, context.Terminal);
            var token = context.Folder.CreateToken(name);
            await using var control = await ControlServer.StartAsync(cluster, token, down.Cancel, ending.Token);
            await using var metrics = await MetricsServer.StartAsync(cluster, ending.Token);
            cluster.MetricsAddress = metrics.Address;
            var run = new RunFile(
                1,
                name,
                Environment.ProcessId,
                ProcessLife.StartTimeOf(Environment.ProcessId),
                source.Options.File,
                cluster.Gateway,
                control.Address,
                Ready: false,
                context.Time.GetUtcNow());
            context.Folder.Write(run);

            // 3. 4. 5.
            try
            {
                await ClusterStart.RunAsync(
                    cluster.Fleet,
                    "the cluster did not become ready",
                    $"the whole logs are in {context.Folder.LogsOf(name)}",
                    ending.Token);
                context.Folder.Write(run with { Ready = true });
                using var hangups = context.Signals?.OnHangup(() =>
                {
                    cluster.ReopenAccessLog();
                    reloader.Reload("signal");
                });
                string[] read = [source.Options.File, Path.Combine(source.Options.Directory, ".env")];
                var watch = new ConfigurationWatch(() => [.. read, .. cluster.CertificateFiles], context.Time)
                    .RunAsync(() => reloader.Reload("file"), ending.Token);
                await whenReady(cluster, ending.Token);
                await watch;
                ending.Token.ThrowIfCancellationRequested();
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                // Somebody ended it: the normal way.
            }
            finally
            {
                // 6.
                context.Terminal.Progress("stopping");
                await cluster.StopAsync();
            }
        }
        finally
        {
            context.Folder.Remove(name);
        }

        return down.IsCancellationRequested;
    }
}
