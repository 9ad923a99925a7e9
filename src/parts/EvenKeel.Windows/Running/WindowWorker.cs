using EvenKeel.Windows.Closing;
using EvenKeel.Windows.Revising;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Windows.Running;

/// <summary>Closes and revises again and again until it is stopped. An error, such as a database that restarts, is logged and tried again.</summary>
/// <param name="closer">Closes.</param>
/// <param name="reviser">Revises.</param>
/// <param name="interval">
/// The pause between two turns when nothing is due: 1 ms or more. Turns begin at its multiples by the wall clock, so that a window whose grace
/// ends at one of them is closed at once.
/// </param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="logger">Where errors are logged.</param>
/// <param name="turned">Told after each turn how many windows it closed and how many it revised; nobody by default.</param>
public sealed class WindowWorker(
    WindowCloser closer, WindowReviser reviser, TimeSpan interval, TimeProvider time, ILogger logger, Action<int, int>? turned = null)
{
    /// <summary>Runs until it is cancelled, which is its normal end.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        bool failing = false;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                int closed = await closer.RunOnceAsync(cancellationToken).ConfigureAwait(false);
                int revised = await reviser.RunOnceAsync(cancellationToken).ConfigureAwait(false);
                turned?.Invoke(closed, revised);
                if (failing)
                {
                    failing = false;
                    WindowLog.Recovered(logger);
                }

                if (closed + revised > 0)
                {
                    continue;
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is System.Data.Common.DbException or TimeoutException or IOException)
            {
                if (!failing)
                {
                    failing = true;
                    WindowLog.Failed(logger, error);
                }
            }

            TimeSpan past = TimeSpan.FromTicks(time.GetUtcNow().Ticks % interval.Ticks);
            await Task.Delay(interval - past, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
