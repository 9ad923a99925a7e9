using Npgsql;

namespace LockTimes.Subjects;

/// <summary>
/// A session lock of PostgreSQL. It has no lease and no token, ends with its connection, and takes one for as long as it is held or waited for.
/// </summary>
internal sealed class AdvisoryCaller(NpgsqlConnection connection) : ICaller
{
    private string _name = "";

    public async Task AcquireAsync(string name, CancellationToken cancellationToken)
    {
        _name = name;
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(hashtextextended($1, 0))", connection) { CommandTimeout = 60 };
        command.Parameters.Add(new NpgsqlParameter { Value = name });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task ReleaseAsync()
    {
        await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock(hashtextextended($1, 0))", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = _name });
        if (await command.ExecuteScalarAsync() is not true)
        {
            throw new InvalidOperationException("a lock that was held was not released");
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
