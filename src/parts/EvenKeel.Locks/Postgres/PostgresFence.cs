using EvenKeel.Locks.Errors;
using EvenKeel.Locks.Telemetry;
using Npgsql;

namespace EvenKeel.Locks.Postgres;

/// <summary>
/// The highest token that a resource has seen, checked and raised in the transaction that reads and writes the resource. Call it first in the
/// transaction: it locks the resource's row until the end, so that a later holder waits for an earlier one that is about to commit, and an earlier
/// one is refused once a later one was here.
/// </summary>
public sealed class PostgresFence
{
    private readonly string _raise;

    /// <summary>Uses the table of the locks' schema, which <see cref="PostgresLocks.OpenAsync"/> creates.</summary>
    /// <param name="schema">The schema of <see cref="LockProviderOptions.Schema"/>.</param>
    public PostgresFence(string schema = "evenkeel")
    {
        Prefixes.CheckSchema(schema);
        _raise = $"""
            INSERT INTO {schema}.fence AS f (resource, token) VALUES ($1, $2)
            ON CONFLICT (resource) DO UPDATE SET token = excluded.token WHERE f.token <= excluded.token RETURNING f.token
            """;
    }

    /// <summary>Presents a token. Afterwards the transaction may read and write what the lock protects.</summary>
    /// <param name="transaction">
    /// The transaction that writes. At READ COMMITTED, the default; a stricter level may fail with 40001 instead, and is to be repeated.
    /// </param>
    /// <param name="resource">1 to 200 characters as in the name of a lock; commonly that name.</param>
    /// <param name="token">The token of the handle.</param>
    /// <param name="cancellationToken">Gives up; the transaction must then be rolled back.</param>
    /// <exception cref="FenceRejectedException">A higher token was presented before. Roll the transaction back.</exception>
    public async Task RaiseAsync(NpgsqlTransaction transaction, string resource, FencingToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        LockName.Check(resource, "fenced resource");
        await using var command = new NpgsqlCommand(_raise, transaction.Connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = resource });
        command.Parameters.Add(new NpgsqlParameter { Value = token.Value });
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            LockMetrics.Rejected("postgresql");
            throw new FenceRejectedException(resource, token);
        }
    }
}
