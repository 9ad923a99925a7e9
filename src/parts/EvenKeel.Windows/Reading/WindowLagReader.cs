using EvenKeel.Windows.Options;
using Npgsql;

namespace EvenKeel.Windows.Reading;

/// <summary>Measures how far the closing of a stream is behind.</summary>
/// <param name="database">The database of the events.</param>
/// <param name="options">The stream.</param>
public sealed class WindowLagReader(NpgsqlDataSource database, WindowOptions options)
{
    private const string Measure = """
        WITH moment AS (SELECT clock_timestamp() AS now),
        open AS (SELECT closes_at FROM evenkeel_windows.state WHERE stream = @stream AND NOT is_closed)
        SELECT moment.now - @grace,
               (SELECT count(*) FROM open),
               (SELECT count(*) FROM open WHERE closes_at <= moment.now),
               coalesce((SELECT moment.now - min(closes_at) FROM open WHERE closes_at <= moment.now), interval '0'),
               (SELECT count(*) FROM (SELECT DISTINCT partition, start FROM evenkeel_windows.late WHERE stream = @stream) marked)
        FROM moment
        """;

    /// <summary>Measures now.</summary>
    public async Task<WindowLag> ReadAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = database.CreateCommand(Measure);
        command.Parameters.AddWithValue("stream", options.Stream);
        command.Parameters.AddWithValue("grace", options.Grace);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new WindowLag
        {
            Watermark = reader.GetDateTime(0),
            Open = reader.GetInt64(1),
            Overdue = reader.GetInt64(2),
            OldestOverdue = reader.GetTimeSpan(3),
            Marked = reader.GetInt64(4),
        };
    }
}
