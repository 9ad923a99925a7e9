using EvenKeel.Windows.Reading;
using Metering.Metrics;
using Metering.Schema;

namespace Metering.Aggregation;

/// <summary>Closes and revises windows as soon as the database is prepared, and measures how far that is behind.</summary>
internal sealed class AggregationService(
    Preparation preparation, Func<CancellationToken, Task> run, WindowLagReader lag, MeteringMetrics metrics, TimeProvider time) : BackgroundService
{
    /// <summary>The pause between two turns, and so the most that a window waits to be closed or revised while nothing else is to do.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LagInterval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await preparation.Done.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(run(stoppingToken), MeasureAsync(stoppingToken));
    }

    private async Task MeasureAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                WindowLag measured = await lag.ReadAsync(stoppingToken);
                (metrics.Lag, metrics.Overdue) = (measured.OldestOverdue.TotalSeconds, measured.Overdue);
            }
            catch (Exception error) when (error is System.Data.Common.DbException or TimeoutException or IOException or OperationCanceledException)
            {
                // The worker tells of a database that is down; the last measurement stays.
            }

            await Task.Delay(LagInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
