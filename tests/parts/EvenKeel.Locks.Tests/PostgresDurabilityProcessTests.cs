using EvenKeel.Locks.Tests.Servers;
using Npgsql;

namespace EvenKeel.Locks.Tests;

/// <summary>What has to be on disk before its answer, and what does not: each costs its caller a write of the disk.</summary>
[Trait("Category", "Process")]
public sealed class PostgresDurabilityProcessTests
{
    [Fact]
    public async Task Only_a_grant_waits_for_the_disk()
    {
        await using LockServer server = await LockServer.StartAsync("postgresql");
        await server.ProviderAsync();
        NpgsqlDataSource source = server.Source();
        Assert.Equal("on", await AfterAsync(source, "SELECT evenkeel.lease_acquire('lock:a', 'x:1', '1 min', '1 min')"));
        Assert.Equal("off", await AfterAsync(source, "SELECT evenkeel.lease_acquire('lock:a', 'x:2', '1 min', '1 min')"));
        Assert.Equal("off", await AfterAsync(source, "SELECT evenkeel.lease_release('lock:a', 'x:1', 0)"));
        Assert.Equal("on", await AfterAsync(source, "SELECT evenkeel.lease_acquire('lock:a', 'x:2', '1 min', '1 min')"));
        await using NpgsqlCommand outside = source.CreateCommand("SHOW synchronous_commit");
        Assert.Equal("on", await outside.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    // How the transaction of a statement is about to commit.
    private static async Task<string> AfterAsync(NpgsqlDataSource source, string sql)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var command = new NpgsqlCommand(sql, connection, transaction))
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var show = new NpgsqlCommand("SHOW synchronous_commit", connection, transaction);
        var mode = (string)(await show.ExecuteScalarAsync(cancellationToken))!;
        await transaction.CommitAsync(cancellationToken);
        return mode;
    }
}
