using EvenKeel.Windows.Batches;
using EvenKeel.Windows.Metrics;
using EvenKeel.Windows.Options;
using Npgsql;

namespace EvenKeel.Windows.Revising;

/// <summary>
/// Gives closed windows that got late events a new revision. Any number of revisers may run. For as many marked windows as take about a tenth of a
/// second, in one transaction:
/// <list type="number">
/// <item>Lock the windows' rows; a window that another reviser has is left to it.</item>
/// <item>In a later statement, take their marks away. A mark that is not committed yet stays, and its event is counted by the next revision.</item>
/// <item>In a later one again, whose snapshot therefore holds every event whose mark was taken: compute all results anew from the raw
/// events, and compare them with the current ones.</item>
/// <item>Of the keys that differ: the old result is no longer current, the new one is, and the outbox tells both.</item>
/// </list>
/// </summary>
/// <param name="database">The database of the events.</param>
/// <param name="options">The stream.</param>
/// <param name="time">Measures transactions.</param>
/// <param name="metrics">Told of what happened, or null.</param>
public sealed class WindowReviser(NpgsqlDataSource database, WindowOptions options, TimeProvider time, WindowMetrics? metrics = null)
{
    private const string Marked = "SELECT partition, start FROM evenkeel_windows.late WHERE stream = @stream GROUP BY partition, start ORDER BY min(id) LIMIT @most";

    private readonly ReviseStatement _statement = new(options);
    private readonly BatchSize _size = new(options.Batch);

    /// <summary>Revises what is marked, up to <see cref="WindowOptions.Batch"/> windows. Not twice at a time.</summary>
    /// <returns>How many marked windows were handled; 0 means that nothing was left to do for this reviser.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var marked = new List<WindowKey>();
        await using (NpgsqlCommand command = database.CreateCommand(Marked))
        {
            command.Parameters.AddWithValue("stream", options.Stream);
            command.Parameters.AddWithValue("most", _size.Current);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                marked.Add(new WindowKey(reader.GetString(0), reader.GetDateTime(1)));
            }
        }

        return marked.Count == 0 ? 0 : await Halving.RunAsync(marked, some => ReviseAsync(some, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<int> ReviseAsync(IReadOnlyList<WindowKey> windows, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        long start = time.GetTimestamp();
        try
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);

            // 1. and 2. The rows, then the marks. A window without a mark was revised by another one meanwhile.
            List<TakenWindow> locked = await _statement.LockAsync(connection, windows, cancellationToken).ConfigureAwait(false);
            List<WindowKey> marked = await _statement.TakeMarksAsync(connection, locked.Select(one => one.Key), cancellationToken).ConfigureAwait(false);
            var withMarks = marked.ToHashSet();
            TakenWindow[] taken = [.. locked.Where(one => withMarks.Contains(one.Key))];

            // 3. and 4. The results that differ.
            List<ChangedResult> changed = await _statement.CompareAsync(connection, taken, cancellationToken).ConfigureAwait(false);
            if (changed.Count > 0)
            {
                await _statement.StoreAsync(connection, changed, cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            metrics?.Revised(options.Stream, changed.Select(one => one.Window).Distinct().Count());
            return taken.Length;
        }
        finally
        {
            _size.Learn(windows.Count, time.GetElapsedTime(start));
        }
    }
}
