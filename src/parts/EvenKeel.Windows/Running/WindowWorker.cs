using EvenKeel.Windows.Closing;
using EvenKeel.Windows.Revising;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Windows.Running;

/// <summary>Closes and revises again and again until it is stopped. An error, such as a database that restarts, is logged and tried again.</summary>
/// <param name="closer">Closes.</param>
/// <param name="reviser">Revises.</param>
/// <param name="interval">The pause between two turns when nothing is due.</param>
/// <param name="time">The clock of the pauses.</param>
/// <param name="logger">Where errors are logged.</param>
public sealed class WindowWorker(WindowCloser closer, WindowReviser reviser, TimeSpan interval, TimeProvider time, ILogger logger)
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

            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
