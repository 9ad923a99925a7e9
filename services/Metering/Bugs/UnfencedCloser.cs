using EvenKeel.Windows;
using EvenKeel.Windows.Closing;
using EvenKeel.Windows.Options;
using EvenKeel.Windows.Revising;
using Npgsql;

namespace Metering.Bugs;

/// <summary>
/// Trusts the lock: reads what a window holds, and stores that later, without a barrier, a claim or a look at what has happened meanwhile. A
/// closer that was paused in between writes over what its successor and the revisers have stored.
/// </summary>
internal sealed class UnfencedCloser(NpgsqlDataSource database, WindowOptions options, IWindowGate? gate)
{
    private const string Due = """
        SELECT partition, start FROM evenkeel_windows.state
        WHERE stream = $1 AND NOT is_closed AND closes_at <= clock_timestamp() ORDER BY closes_at LIMIT 100
        """;

    private const string Store = """
        UPDATE evenkeel_windows.state SET is_closed = true, revision = greatest(revision, 1), closed_at = clock_timestamp()
        WHERE stream = @stream AND partition = @partition AND start = @start;
        WITH changed AS (
            UPDATE evenkeel_windows.revision SET result = @result::jsonb
            WHERE stream = @stream AND partition = @partition AND start = @start AND is_current RETURNING 1)
        INSERT INTO evenkeel_windows.revision (stream, partition, start, key, revision, fence, result)
        SELECT @stream, @partition, @start, 'total', 1, 0, @result::jsonb WHERE @result::jsonb IS NOT NULL AND NOT EXISTS (SELECT FROM changed);
        """;

    /// <summary>Closes and revises until it is cancelled.</summary>
    public async Task RunAsync(WindowReviser reviser, TimeSpan interval, TimeProvider time, Action<int, int> turned, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                turned(await RunOnceAsync(cancellationToken), await reviser.RunOnceAsync(cancellationToken));
            }
            catch (Exception error) when (error is NpgsqlException or TimeoutException or OperationCanceledException)
            {
                // It is tried again.
            }

            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reads the result that a window has now.</summary>
    public async Task<string?> ComputeAsync(WindowKey window, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = database.CreateCommand($"SELECT result::text FROM ({options.Aggregate}) AS fresh");
        command.Parameters.AddWithValue("partition", window.Partition);
        command.Parameters.AddWithValue("start", window.Start);
        command.Parameters.AddWithValue("end", window.Start + options.Length);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>Stores a result, whatever has become of the window.</summary>
    public async Task StoreAsync(WindowKey window, string? result, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = database.CreateCommand(Store);
        command.Parameters.AddWithValue("stream", options.Stream);
        command.Parameters.AddWithValue("partition", window.Partition);
        command.Parameters.AddWithValue("start", window.Start);
        command.Parameters.AddWithValue("result", NpgsqlTypes.NpgsqlDbType.Text, (object?)result ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var due = new List<WindowKey>();
        await using (NpgsqlCommand command = database.CreateCommand(Due))
        {
            command.Parameters.AddWithValue(options.Stream);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                due.Add(new WindowKey(reader.GetString(0), reader.GetDateTime(1)));
            }
        }

        int closed = 0;
        foreach (WindowKey window in due)
        {
            await using IAsyncDisposable? pass = gate is null ? null : await gate.TryEnterAsync(window, cancellationToken);
            if (gate is null || pass is not null)
            {
                await StoreAsync(window, await ComputeAsync(window, cancellationToken), cancellationToken);
                closed++;
            }
        }

        return closed;
    }
}
