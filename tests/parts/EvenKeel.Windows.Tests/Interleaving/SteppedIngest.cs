using EvenKeel.Windows.Ingest;
using EvenKeel.Windows.Tests.Events;
using Npgsql;

namespace EvenKeel.Windows.Tests.Interleaving;

/// <summary>Stores an event in three round trips: the windows and the event, the mark, the commit. Two of its rules can be left out.</summary>
internal sealed class SteppedIngest(EventLog log, SteppedSide side)
{
    /// <summary>How many round trips it takes.</summary>
    public const int Steps = 3;

    private const string MarkOnce = """
        INSERT INTO evenkeel_windows.late (stream, partition, start)
        SELECT stream, partition, start FROM evenkeel_windows.state s WHERE partition = @partition AND is_closed
        AND NOT EXISTS (SELECT FROM evenkeel_windows.late m WHERE m.partition = s.partition AND m.start = s.start)
        """;

    private readonly WindowEntry _entry = new(log.Options);

    /// <summary>False leaves the barrier out, so that nobody waits for this transaction.</summary>
    public bool Enters { get; init; } = true;

    /// <summary>True marks a window only when no mark is seen.</summary>
    public bool MarksOnce { get; init; }

    public async Task StoreAsync(Event one)
    {
        await using NpgsqlConnection connection = await side.Database.OpenConnectionAsync(EventLog.Token);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(EventLog.Token);
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            _entry.AddTo(batch, [log.KeyOf(one)]);
            if (!Enters)
            {
                batch.BatchCommands.RemoveAt(0);
            }

            batch.BatchCommands.Add(EventLog.Insert([one]));
            await batch.ExecuteNonQueryAsync(EventLog.Token);
        }

        if (MarksOnce)
        {
            await using var mark = new NpgsqlCommand(MarkOnce, connection, transaction);
            mark.Parameters.AddWithValue("partition", one.Partition);
            await mark.ExecuteNonQueryAsync(EventLog.Token);
        }
        else
        {
            await _entry.MarkLateAsync(connection, [log.KeyOf(one)], EventLog.Token);
        }

        await transaction.CommitAsync(EventLog.Token);
    }
}
