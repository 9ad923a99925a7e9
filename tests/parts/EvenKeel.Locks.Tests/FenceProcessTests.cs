using System.Text;
using EvenKeel.Locks.Errors;
using EvenKeel.Locks.Postgres;
using EvenKeel.Locks.Redis;
using EvenKeel.Locks.Tests.Servers;
using EvenKeel.State.Commands;
using Npgsql;

namespace EvenKeel.Locks.Tests;

/// <summary>A holder whose lease ended writes after its successor was there: refused with the fence, and found by the same check without it.</summary>
[Trait("Category", "Process")]
public class FenceProcessTests
{
    private static readonly LockOptions Short = new() { Lease = TimeSpan.FromMilliseconds(150) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("redis", true)]
    [InlineData("redis", false)]
    [InlineData("node", true)]
    [InlineData("node", false)]
    public async Task A_stale_holder_of_a_value_on_a_state_server(string kind, bool fenced)
    {
        await using LockServer server = await LockServer.StartAsync(kind);
        ILockProvider one = await server.ProviderAsync();
        ILockProvider two = await server.ProviderAsync();
        State.StateClient client = server.Client();
        var fence = new StateFence(client);
        for (int round = 0; round < 3; round++)
        {
            LockHandle stale = await one.AcquireAsync("l", Short, Token);
            LockHandle holder = await two.AcquireAsync("l", null, Token);
            if (fenced)
            {
                // The successor has only read so far: that is enough.
                await fence.GetAsync("v", holder.Token, Token);
                FenceRejectedException refused = await Assert.ThrowsAsync<FenceRejectedException>(() => fence.SetAsync("v", stale.Token, "stale", Token));
                Assert.Equal(("v", stale.Token), (refused.Resource, refused.Token));
                await Assert.ThrowsAsync<FenceRejectedException>(() => fence.GetAsync("v", stale.Token, Token));
                await fence.SetAsync("v", holder.Token, "right", Token);
                Assert.Equal("right", Encoding.UTF8.GetString((await fence.GetAsync("v", holder.Token, Token))!.Value.Span));
            }
            else
            {
                await client.SetAsync("plain", "right", null, Token);
                await client.SetAsync("plain", "stale", null, Token);
                Assert.Equal("stale", Encoding.UTF8.GetString((await client.GetAsync("plain", Token))!.Value.Span));
            }

            await holder.ReleaseAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stale_holder_of_a_row_in_PostgreSQL(bool fenced)
    {
        await using LockServer server = await LockServer.StartAsync("postgresql");
        ILockProvider one = await server.ProviderAsync();
        ILockProvider two = await server.ProviderAsync();
        NpgsqlDataSource source = server.Source();
        await using (NpgsqlCommand create = source.CreateCommand("CREATE TABLE account (text text); INSERT INTO account VALUES ('')"))
        {
            await create.ExecuteNonQueryAsync(Token);
        }

        for (int round = 0; round < 3; round++)
        {
            LockHandle stale = await one.AcquireAsync("l", Short, Token);
            LockHandle holder = await two.AcquireAsync("l", null, Token);
            await WriteAsync(source, fenced ? holder.Token : null, "right");
            if (fenced)
            {
                await Assert.ThrowsAsync<FenceRejectedException>(() => WriteAsync(source, stale.Token, "stale"));
            }
            else
            {
                await WriteAsync(source, null, "stale");
            }

            await using NpgsqlCommand read = source.CreateCommand("SELECT text FROM account");
            Assert.Equal(fenced ? "right" : "stale", await read.ExecuteScalarAsync(Token));
            await holder.ReleaseAsync();
        }
    }

    private static async Task WriteAsync(NpgsqlDataSource source, FencingToken? token, string text)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(Token);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(Token);
        if (token is not null)
        {
            await new PostgresFence().RaiseAsync(transaction, "account", token.Value, Token);
        }

        await using var write = new NpgsqlCommand("UPDATE account SET text = $1", connection, transaction);
        write.Parameters.Add(new NpgsqlParameter { Value = text });
        await write.ExecuteNonQueryAsync(Token);
        await transaction.CommitAsync(Token);
    }
}
