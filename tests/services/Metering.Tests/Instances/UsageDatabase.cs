using EvenKeel.TestServers;
using EvenKeel.Windows.Auditing;
using EvenKeel.Windows.Options;
using Metering.Aggregation;
using Metering.Hosting;
using Npgsql;

namespace Metering.Tests.Instances;

/// <summary>A database of its own, and what a test wants to know of it or do to it behind the back of the instances.</summary>
internal sealed class UsageDatabase : IAsyncDisposable
{
    private UsageDatabase(string address)
    {
        Settings = new MeteringSettings
        {
            Port = 0,
            Database = DatabaseAddress.Read(name => name == "METERING_DATABASE" ? address : null),
            Window = TimeSpan.FromSeconds(2),
            Grace = TimeSpan.FromSeconds(1),
            Claim = TimeSpan.FromSeconds(2),
            Demo = true,
            Instance = "test",
        };
        Source = NpgsqlDataSource.Create(Settings.Database);
    }

    /// <summary>Settings of an instance on it: windows of 2 s, so that a test need not wait long for one.</summary>
    public MeteringSettings Settings { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>The stream with the right aggregate, whatever bug an instance has.</summary>
    public WindowOptions Windows => UsageWindows.Options(Settings, UsageWindows.Aggregate);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<UsageDatabase> CreateAsync(PostgresServer postgres) => new(await postgres.CreateDatabaseAsync());

    public async Task<List<string>> QueryAsync(string sql)
    {
        await using NpgsqlCommand command = Source.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(Token);
        var rows = new List<string>();
        while (await reader.ReadAsync(Token))
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "-" : reader.GetValue(column))));
        }

        return rows;
    }

    public async Task<long> CountAsync(string from) => long.Parse(
        (await QueryAsync($"SELECT count(*) FROM {from}")).Single(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Waits until every window that has events is closed and nothing is marked.</summary>
    public Task UntilSettledAsync() => Until.TrueAsync("every window closed and none marked", async () =>
        await CountAsync("evenkeel_windows.state WHERE NOT is_closed") == 0 && await CountAsync("evenkeel_windows.late") == 0);

    /// <summary>Compares all closed windows with their events.</summary>
    public Task<AuditReport> AuditAsync() => new WindowAudit(Source, Windows).RunAsync(100, Token);

    /// <summary>A transaction that holds locks until it is disposed.</summary>
    public async Task<NpgsqlConnection> HoldAsync(string sql)
    {
        // Its session ends with it, and the transaction with the session; a pool would keep both.
        var connection = new NpgsqlConnection(Settings.Database + ";Pooling=false");
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand($"SET idle_in_transaction_session_timeout = 0; BEGIN; {sql}", connection);
        await command.ExecuteNonQueryAsync(Token);
        return connection;
    }

    /// <summary>Returns when a session waits for a lock.</summary>
    public Task UntilSomebodyWaitsAsync() => Until.TrueAsync("a session that waits for a lock", async () =>
        await CountAsync("pg_locks WHERE NOT granted") > 0);

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
