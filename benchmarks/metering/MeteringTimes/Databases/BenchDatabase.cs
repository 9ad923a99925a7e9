using EvenKeel.Windows.Options;
using Metering.Access;
using Metering.Aggregation;
using Metering.Hosting;
using Metering.Schema;
using MeteringTimes.Events;
using Npgsql;

namespace MeteringTimes.Databases;

/// <summary>A database with the tables of the service and the customers of the workloads.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private readonly Dictionary<string, Customer> _customers = [];

    private BenchDatabase(string address)
    {
        Settings = new MeteringSettings
        {
            Database = DatabaseAddress.Read(name => name == "METERING_DATABASE" ? address : null), Demo = true, Claim = TimeSpan.FromSeconds(10),
        };
        Source = NpgsqlDataSource.Create(Settings.Database);
    }

    public MeteringSettings Settings { get; }

    public NpgsqlDataSource Source { get; }

    public WindowOptions Windows => UsageWindows.Options(Settings, UsageWindows.Aggregate);

    /// <summary>Creates a database of a name and prepares it.</summary>
    /// <param name="server">The server, as the beginning of a connection string.</param>
    /// <param name="name">The name of the new database.</param>
    public static async Task<BenchDatabase> CreateAsync(string server, string name)
    {
        await using (var source = NpgsqlDataSource.Create($"{server};Database=postgres;Pooling=false"))
        {
            await using var create = source.CreateCommand($"CREATE DATABASE {name}");
            await create.ExecuteNonQueryAsync();
        }

        var database = new BenchDatabase($"{server};Database={name}");
        await MeteringSchema.PrepareAsync(database.Source, demo: true, extra: null, CancellationToken.None);
        await database.ExecuteAsync("CREATE TABLE bare (customer_id int NOT NULL, event_time timestamptz NOT NULL, input_tokens int NOT NULL, output_tokens int NOT NULL)");
        foreach (var population in new[] { Population.Hot, Population.Zipf })
        {
            await using var insert = database.Source.CreateCommand("INSERT INTO metering.customer (tenant_id, external_id) SELECT 1, * FROM unnest($1)");
            insert.Parameters.AddWithValue(population.Customers.ToArray());
            await insert.ExecuteNonQueryAsync();
        }

        await using var read = database.Source.CreateCommand("SELECT external_id, id FROM metering.customer WHERE tenant_id = 1");
        await using var reader = await read.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            database._customers[reader.GetString(0)] = new Customer(reader.GetInt32(1), $"{Population.Tenant}:{reader.GetString(0)}");
        }

        return database;
    }

    public Customer CustomerOf(string name) => _customers[name];

    /// <summary>Removes all events and windows, and has what is in memory written, so that no run pays for the one before.</summary>
    public async Task ClearAsync()
    {
        // A closer that is at work may be in the way of it, and the server then ends one of the two.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ExecuteAsync("""
                    TRUNCATE evenkeel_windows.state, evenkeel_windows.late, evenkeel_windows.revision, evenkeel_windows.outbox,
                        metering.event_key, metering.usage_event, bare
                    """);
                break;
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.DeadlockDetected && attempt < 10)
            {
                // Again.
            }
        }

        await ExecuteAsync("CHECKPOINT");
    }

    /// <summary>Lets all windows end now, no more events being sent, and waits until they are closed and revised.</summary>
    /// <param name="help">Called while waiting: what closes when no instance does.</param>
    public async Task SettleAsync(Func<Task> help)
    {
        await ExecuteAsync("UPDATE evenkeel_windows.state SET closes_at = now() WHERE NOT is_closed");
        await UntilSettledAsync(help);
    }

    /// <summary>Waits until all windows are closed and revised.</summary>
    public async Task UntilSettledAsync(Func<Task> help)
    {
        for (var start = TimeProvider.System.GetTimestamp(); ;)
        {
            await help();
            if (await NumberAsync("SELECT (SELECT count(*) FROM evenkeel_windows.state WHERE NOT is_closed) + (SELECT count(*) FROM evenkeel_windows.late)") == 0)
            {
                return;
            }

            if (TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                throw new BenchmarkException($"windows are not closed after {Patience.TotalSeconds:0} s");
            }

            await Task.Delay(Look, TimeProvider.System, CancellationToken.None);
        }
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    public async Task<double> NumberAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return Convert.ToDouble(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task<string> TextAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
