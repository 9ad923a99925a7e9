using EvenKeel.Windows.Auditing;
using EvenKeel.Windows.Closing;
using EvenKeel.Windows.Ingest;
using EvenKeel.Windows.Options;
using EvenKeel.Windows.Outbox;
using EvenKeel.Windows.Revising;
using EvenKeel.Windows.Schema;
using Npgsql;

namespace EvenKeel.Windows.Tests.Events;

/// <summary>A table of events in a database of its own, whose amounts are summed for each key and window.</summary>
internal sealed class EventLog : IAsyncDisposable
{
    public const string Sums = """
        SELECT key, jsonb_build_object('count', count(*), 'amount', sum(amount)) AS result
        FROM event WHERE partition = @partition AND time >= @start AND time < @end GROUP BY key
        """;

    private readonly WindowEntry _entry;

    private EventLog(NpgsqlDataSource database, WindowOptions options)
    {
        Database = database;
        Options = options;
        _entry = new WindowEntry(options);
    }

    public NpgsqlDataSource Database { get; }

    public WindowOptions Options { get; }

    public static async Task<EventLog> OpenAsync(string address, Func<WindowOptions, WindowOptions>? change = null)
    {
        var uri = new Uri(address);
        var options = new WindowOptions { Stream = "usage", Aggregate = Sums, Grace = TimeSpan.Zero, Lease = TimeSpan.FromMinutes(5) };
        var database = NpgsqlDataSource.Create($"Host={uri.Host};Port={uri.Port};Username=postgres;Database={uri.AbsolutePath[1..]};Maximum Pool Size=50");
        var log = new EventLog(database, change?.Invoke(options) ?? options);
        await WindowSchema.CreateAsync(database, Token);
        await log.ExecuteAsync("""
            CREATE TABLE event (id text PRIMARY KEY, partition text NOT NULL, key text NOT NULL, time timestamptz NOT NULL, amount bigint NOT NULL);
            CREATE INDEX ON event (partition, time);
            """);
        return log;
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A moment long past its window's grace.</summary>
    public static DateTime Past(int seconds) => new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc).AddSeconds(seconds);

    public WindowCloser Closer(string holder = "test", IWindowGate? gate = null) => new(Database, Options, holder, TimeProvider.System, gate);

    public WindowReviser Reviser() => new(Database, Options, TimeProvider.System);

    public WindowOutbox Outbox() => new(Database, Options);

    public Task<AuditReport> AuditAsync() => new WindowAudit(Database, Options with { Aggregate = Sums }).RunAsync(1000, Token);

    /// <summary>Stores events as a service must, in one transaction.</summary>
    /// <returns>How many were new.</returns>
    public async Task<int> AddAsync(params Event[] events)
    {
        await using var transaction = await BeginAsync(events);
        return await transaction.CommitAsync();
    }

    /// <summary>Stores events and leaves the transaction open.</summary>
    public async Task<OpenIngest> BeginAsync(params Event[] events)
    {
        NpgsqlConnection connection = await Database.OpenConnectionAsync(Token);
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(Token);
        var ordered = events.OrderBy(one => one.Id, StringComparer.Ordinal).ToList();
        await using var batch = new NpgsqlBatch(connection, transaction);
        _entry.AddTo(batch, [.. ordered.Select(KeyOf)]);
        batch.BatchCommands.Add(Insert(ordered));
        var windows = new List<WindowKey>();
        await using (NpgsqlDataReader reader = await batch.ExecuteReaderAsync(Token))
        {
            // Only the lock and the events give rows.
            await reader.NextResultAsync(Token);
            while (await reader.ReadAsync(Token))
            {
                windows.Add(new WindowKey(reader.GetString(0), new WindowGrid(Options.Length).StartOf(reader.GetDateTime(1))));
            }
        }

        await _entry.MarkLateAsync(connection, windows, Token);
        return new OpenIngest(connection, transaction, windows.Count);
    }

    public static NpgsqlBatchCommand Insert(IReadOnlyList<Event> events)
    {
        var command = new NpgsqlBatchCommand("""
            INSERT INTO event SELECT * FROM unnest(@ids, @partitions, @keys, @times, @amounts) ON CONFLICT DO NOTHING RETURNING partition, time
            """);
        command.Parameters.AddWithValue("ids", events.Select(one => one.Id).ToArray());
        command.Parameters.AddWithValue("partitions", events.Select(one => one.Partition).ToArray());
        command.Parameters.AddWithValue("keys", events.Select(one => one.Key).ToArray());
        command.Parameters.AddWithValue("times", events.Select(one => one.Time).ToArray());
        command.Parameters.AddWithValue("amounts", events.Select(one => one.Amount).ToArray());
        return command;
    }

    public WindowKey KeyOf(Event one) => new(one.Partition, new WindowGrid(Options.Length).StartOf(one.Time));

    public async Task ExecuteAsync(string sql)
    {
        await using NpgsqlCommand command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    /// <summary>Rows as text, columns separated by bars.</summary>
    public async Task<List<string>> QueryAsync(string sql)
    {
        await using NpgsqlCommand command = Database.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "-" : reader.GetValue(column))));
        }

        return rows;
    }

    /// <summary>The current results, with the start as seconds behind <see cref="Past"/>.</summary>
    public Task<List<string>> CurrentAsync() => QueryAsync($"""
        SELECT extract(epoch FROM start - timestamptz '{Past(0):O}')::int, partition, key, revision, (result->>'count')::int, (result->>'amount')::int
        FROM evenkeel_windows.revision WHERE is_current ORDER BY 1, 2, 3
        """);

    /// <summary>Returns when a transaction waits for a lock.</summary>
    public async Task UntilSomebodyWaitsAsync()
    {
        while ((await QueryAsync("SELECT pid FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")).Count == 0)
        {
        }
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
