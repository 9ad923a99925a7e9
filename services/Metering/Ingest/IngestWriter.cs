using Metering.Hosting;
using Metering.Metrics;
using Npgsql;
using Polly;
using Polly.CircuitBreaker;

namespace Metering.Ingest;

/// <summary>
/// Stores what waits in the queue, batch after batch: what has come while the last one was stored is the next one, so that a batch is small
/// when there is little to do and large when there is much, and nothing waits for a timer.
/// </summary>
internal sealed class IngestWriter(
    IngestQueue queue,
    IngestStatement statement,
    NpgsqlDataSource database,
    ResiliencePipeline resilience,
    MeteringMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>The most events of one transaction.</summary>
    public const int MostInBatch = 2000;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private long _lastFailure;

    /// <summary>Runs until the queue is complete and empty.</summary>
    public async Task RunAsync()
    {
        var entries = new List<IngestEntry>();
        while (await queue.TakeAsync(entries, MostInBatch))
        {
            await StoreAsync(entries);
        }
    }

    private async Task StoreAsync(List<IngestEntry> entries)
    {
        var batch = new IngestBatch(entries);
        long start = time.GetTimestamp();
        bool wasSent = false;
        try
        {
            await resilience.ExecuteAsync(
                async cancellationToken =>
                {
                    await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancellationToken);
                    bool isRepeated = wasSent;
                    wasSent = true;
                    try
                    {
                        await statement.StoreAsync(connection, batch, isRepeated, cancellationToken);
                    }
                    catch (PostgresException error) when (error.InvariantSeverity is "ERROR")
                    {
                        // The server lives and has rolled this attempt back; an earlier one may still have been committed.
                        wasSent = isRepeated || batch.IsCommitted;
                        throw;
                    }
                },
                CancellationToken.None);
            metrics.Stored(batch, time.GetElapsedTime(start));
        }
        catch (PostgresException error) when (entries.Count > 1 && IngestResilience.IsAboutData(error))
        {
            // One event that the database refuses must not take the others with it.
            await StoreAsync([.. entries.Take(entries.Count / 2)]);
            await StoreAsync([.. entries.Skip(entries.Count / 2)]);
            return;
        }
        catch (Exception error)
        {
            Report(error);
            Array.Fill(batch.Outcomes, wasSent ? IngestOutcome.Unknown : IngestOutcome.Unavailable);
            metrics.Failed(entries.Count, error is BrokenCircuitException);
        }

        batch.Tell(queue.Decide);
    }

    /// <summary>One line in five seconds: a database that is down fails every batch.</summary>
    private void Report(Exception error)
    {
        long now = time.GetTimestamp();
        if (_lastFailure == 0 || time.GetElapsedTime(_lastFailure, now) > Quiet)
        {
            _lastFailure = now;
            MeteringLog.StoreFailed(logger, error.Message);
        }
    }
}
