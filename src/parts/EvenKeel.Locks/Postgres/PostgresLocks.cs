using EvenKeel.Locks.Errors;
using EvenKeel.Locks.Waiting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EvenKeel.Locks.Postgres;

/// <summary>
/// Locks in PostgreSQL (15 or later). Together with <see cref="PostgresFence"/> in the transaction that writes, they are the choice where two holders
/// would do harm and the data is in the same database. A lock takes no connection while it is held; waiters of one provider share one.
/// </summary>
public static class PostgresLocks
{
    /// <summary>Makes a provider, and its schema where there is none.</summary>
    /// <param name="source">The connections, which stay the caller's. They may not pass a pooler in transaction mode: it would drop LISTEN.</param>
    /// <param name="options">The defaults when null.</param>
    /// <param name="time">The clock of leases and waits; the system's by default.</param>
    /// <param name="logger">Told of lost leases; nobody by default.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LockUnavailableException">The database was not reached, or its user may not create the schema.</exception>
    public static async Task<ILockProvider> OpenAsync(
        NpgsqlDataSource source, LockProviderOptions? options, TimeProvider? time, ILogger? logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new LockProviderOptions();
        options.Validate();
        time ??= TimeProvider.System;
        logger ??= NullLogger.Instance;
        try
        {
            await PostgresSchema.CreateAsync(source, options.Schema, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException error)
        {
            throw new LockUnavailableException($"The schema '{options.Schema}' for locks could not be created: {error.Message}", error);
        }

        string name = LockProvider.NewClient();
        var waiters = new WaiterTable(options.MaxWaiters);
        var store = new PostgresLockStore(source, options, waiters, name, time, logger);
        return new LockProvider(store, waiters, options, name, time, logger);
    }

    /// <summary>
    /// Removes the rows of locks that nobody has held or waited for during a time. Tokens of such a lock go on above the old ones all the same, unless
    /// the database's clock was set back by more than that time.
    /// </summary>
    /// <param name="source">The connections.</param>
    /// <param name="schema">The schema of the locks.</param>
    /// <param name="unused">One hour or more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many rows.</returns>
    public static async Task<int> PurgeAsync(NpgsqlDataSource source, string schema, TimeSpan unused, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(unused, TimeSpan.FromHours(1));
        Prefixes.CheckSchema(schema);

        // A token is no earlier than the microsecond of its grant, and a lease that is over was granted at most one lease before its end.
        await using NpgsqlCommand command = source.CreateCommand($"""
            DELETE FROM {schema}.lease WHERE expires_at < clock_timestamp() - $1 AND token < extract(epoch FROM clock_timestamp() - $1) * 1000000
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = unused });
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
