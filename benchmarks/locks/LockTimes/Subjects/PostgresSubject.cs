using EvenKeel.Locks;
using EvenKeel.Locks.Postgres;
using Npgsql;

namespace LockTimes.Subjects;

/// <summary>PostgreSQL, with the locks of EvenKeel or with its own advisory locks. It needs the extension pg_stat_statements, which counts.</summary>
internal sealed class PostgresSubject : ISubject
{
    private readonly NpgsqlDataSource _source;
    private readonly List<ILockProvider> _providers = [];
    private readonly bool _isPlain;

    private PostgresSubject(string name, NpgsqlDataSource source, bool isPlain)
    {
        Name = name;
        _source = source;
        _isPlain = isPlain;
    }

    public string Name { get; }

    public static async Task<PostgresSubject> OpenAsync(string name, string address, bool isPlain, CancellationToken cancellationToken)
    {
        var subject = new PostgresSubject(name, NpgsqlDataSource.Create(address), isPlain);
        await using var command = subject._source.CreateCommand("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        await command.ExecuteNonQueryAsync(cancellationToken);
        for (var i = 0; i < 4 && !isPlain; i++)
        {
            subject._providers.Add(await PostgresLocks.OpenAsync(subject._source, null, null, null, cancellationToken));
        }

        return subject;
    }

    public async Task<ICaller> ConnectAsync(int number) =>
        _isPlain ? new AdvisoryCaller(await _source.OpenConnectionAsync()) : new ProviderCaller(_providers[number % _providers.Count]);

    // Without the benchmark's own, and without the statement that resets a connection of the pool, which travels with the next one.
    public Task<long> RequestsAsync() => CountAsync("WHERE query NOT LIKE 'DISCARD%' AND query NOT LIKE '%pg_stat_statements%'");

    public Task<long> CommandsAsync() => CountAsync("");

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
        {
            await provider.DisposeAsync();
        }

        await _source.DisposeAsync();
    }

    private async Task<long> CountAsync(string where)
    {
        await using var command = _source.CreateCommand($"SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements {where}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
