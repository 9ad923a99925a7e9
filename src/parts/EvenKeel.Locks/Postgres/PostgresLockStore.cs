using EvenKeel.Locks.Stores;
using EvenKeel.Locks.Waiting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EvenKeel.Locks.Postgres;

/// <summary>Locks in tables of PostgreSQL. Each operation is one statement that calls a function of the schema, in a transaction of its own.</summary>
internal sealed class PostgresLockStore(
    NpgsqlDataSource source, LockProviderOptions options, WaiterTable waiters, string clientName, TimeProvider time, ILogger logger) : ILockStore
{
    private readonly PostgresListener _listener = new(source, clientName, options, waiters, time, logger);
    private readonly string _acquire = $"SELECT o_token, o_remaining, o_ahead FROM {options.Schema}.lease_acquire($1, $2, $3, $4)";
    private readonly string _renew =
        $"UPDATE {options.Schema}.lease SET expires_at = clock_timestamp() + $4 WHERE name = $1 AND owner = $2 AND token = $3 AND expires_at > clock_timestamp()";

    private readonly string _release = $"SELECT {options.Schema}.lease_release($1, $2, $3)";

    public string Provider => "postgresql";

    public Task<LockAttempt> AcquireAsync(string name, string owner, TimeSpan lease, TimeSpan patience, CancellationToken cancellationToken) =>
        AskAsync(_acquire, [name, owner, lease, patience], async command =>
        {
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            return new LockAttempt(reader.GetInt64(0), reader.GetTimeSpan(1), reader.GetInt64(2));
        });

    public Task<bool> RenewAsync(string name, string owner, long token, TimeSpan lease, CancellationToken cancellationToken) =>
        AskAsync(_renew, [name, owner, token, lease], async command => await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1);

    public Task<bool> ReleaseAsync(string name, string owner, long token, CancellationToken cancellationToken) =>
        AskAsync(_release, [name, owner, token], async command => (bool)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!);

    public ValueTask<bool> ListenAsync(CancellationToken cancellationToken) => _listener.ListenAsync(cancellationToken);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task<T> AskAsync<T>(string sql, object[] parameters, Func<NpgsqlCommand, Task<T>> run)
    {
        try
        {
            await using NpgsqlCommand command = source.CreateCommand(sql);
            command.CommandTimeout = (int)options.StatementTimeout.TotalSeconds;
            foreach (object parameter in parameters)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = parameter });
            }

            return await run(command).ConfigureAwait(false);
        }
        catch (PostgresException error)
        {
            throw new LockStoreException($"PostgreSQL refused: {error.SqlState} {error.MessageText}", !error.IsTransient, error);
        }
        catch (NpgsqlException error)
        {
            throw new LockStoreException($"PostgreSQL was not reached or did not answer: {error.Message}", isLasting: false, error);
        }
        catch (ObjectDisposedException error)
        {
            throw new LockStoreException("the data source was disposed", isLasting: true, error);
        }
    }
}
