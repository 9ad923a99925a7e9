using System.Threading.Channels;
using EvenKeel.State.Options;

namespace EvenKeel.State.Connections;

/// <summary>
/// Finds a peer that is gone without having said so: after a silence it sends a PING, and when nothing at all arrives within a time it ends
/// the connection. Any byte counts as a sign of life.
/// </summary>
internal sealed class Heartbeat(StateClientOptions options, TimeProvider time)
{
    /// <summary>Watches a connection until it ends.</summary>
    public async Task RunAsync(StateConnection connection, ChannelWriter<PendingOperation> queue, CancellationToken ended)
    {
        while (true)
        {
            TimeSpan silence = time.GetElapsedTime(connection.ReceivedAt);
            if (silence < options.HeartbeatInterval)
            {
                await Task.Delay(options.HeartbeatInterval - silence + TimeSpan.FromMilliseconds(1), time, ended).ConfigureAwait(false);
                continue;
            }

            long heard = connection.ReceivedAt;
            if (!await AskAsync(queue, ended).ConfigureAwait(false) && connection.ReceivedAt == heard)
            {
                connection.End($"the server was silent for {time.GetElapsedTime(heard).TotalSeconds:0.0} s and did not answer PING");
                return;
            }
        }
    }

    /// <summary>Sends a PING.</summary>
    /// <returns>True when it was answered in time, with a reply or a refusal.</returns>
    private async Task<bool> AskAsync(ChannelWriter<PendingOperation> queue, CancellationToken ended)
    {
        var limit = new PendingLimit(1);
        limit.TryEnter();
        var ping = new PendingOperation(["PING"], limit, time.GetTimestamp());
        queue.TryWrite(ping);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ended);
        Task waited = await Task.WhenAny(ping.Reply, Task.Delay(options.HeartbeatTimeout, time, timeout.Token)).ConfigureAwait(false);
        await timeout.CancelAsync().ConfigureAwait(false);

        // One that nobody took must not travel over the next connection.
        ping.TryWithdraw();
        _ = ping.Reply.ContinueWith(
            static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return waited == ping.Reply;
    }
}
