using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Replies;
using EvenKeel.State.Commands;
using EvenKeel.State.Errors;
using EvenKeel.State.Leases;
using EvenKeel.State.Options;
using EvenKeel.TestServers;

namespace EvenKeel.State.Tests;

[Trait("Category", "Process")]
public class LeaseProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_that_blocks_on_a_leased_connection_holds_up_nobody()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var client = new StateClient(Options(server));
        await using StateLease lease = await client.LeaseAsync(Token);
        Task<RespValue> popped = lease.ExecuteAsync(["BLPOP", "queue", 0], TimeSpan.FromSeconds(60), Token);
        await Eventually(async () => (await client.ExecuteAsync(["INFO", "clients"], Token)).Text.Contains("blocked_clients:1", StringComparison.Ordinal));
        await client.ExecuteAsync(["RPUSH", "queue", "work"], Token);
        Assert.Equal("[queue, work]", (await popped).ToString());
    }

    [Fact]
    public async Task A_connection_is_lent_again_unless_an_operation_went_without_its_reply()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var client = new StateClient(Options(server));
        long first = await IdAsync(client);
        Assert.Equal(first, await IdAsync(client));
        await using (StateLease lease = await client.LeaseAsync(Token))
        {
            StateOutcomeUnknownException error = await Assert.ThrowsAsync<StateOutcomeUnknownException>(
                () => lease.ExecuteAsync(["BLPOP", "queue", 0], TimeSpan.FromMilliseconds(100), Token));
            Assert.StartsWith("BLPOP to 127.0.0.1:", error.Message, StringComparison.Ordinal);
        }

        Assert.NotEqual(first, await IdAsync(client));
    }

    [Fact]
    public async Task One_lease_too_many_is_refused_at_once()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var client = new StateClient(Options(server) with { MaxLeases = 1 });
        await using (StateLease lease = await client.LeaseAsync(Token))
        {
            StateUnavailableException error = await Assert.ThrowsAsync<StateUnavailableException>(() => client.LeaseAsync(Token));
            Assert.Contains("1 connections", error.Message, StringComparison.Ordinal);
        }

        await IdAsync(client);
    }

    [Fact]
    public async Task A_killed_server_ends_a_blocked_lease_as_unknown_and_the_next_lease_works_after_a_restart()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var client = new StateClient(Options(server));
        await using (StateLease lease = await client.LeaseAsync(Token))
        {
            Task<RespValue> popped = lease.ExecuteAsync(["BLPOP", "queue", 0], TimeSpan.FromSeconds(60), Token);
            await Eventually(async () => (await client.ExecuteAsync(["INFO", "clients"], Token)).Text.Contains("blocked_clients:1", StringComparison.Ordinal));
            await server.KillAsync();
            Assert.True((await Assert.ThrowsAsync<StateOutcomeUnknownException>(() => popped)).ConnectionLost);
            await Assert.ThrowsAsync<StateUnavailableException>(() => lease.ExecuteAsync(["PING"], TimeSpan.FromSeconds(5), Token));
        }

        await Assert.ThrowsAsync<StateUnavailableException>(() => client.LeaseAsync(Token));
        await server.RestartAsync();
        await IdAsync(client);
    }

    [Fact]
    public async Task Scripts_run_by_their_hash_and_are_sent_whole_when_the_server_does_not_have_them()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using var client = new StateClient(Options(server));
        var script = new StateScript("return {KEYS[1], ARGV[1], redis.call('INCR', KEYS[2])}");
        Assert.Equal("[a, x, 1]", (await client.EvaluateAsync(script, ["a", "n"], ["x"], Token)).ToString());
        Assert.Equal("[a, y, 2]", (await client.EvaluateAsync(script, ["a", "n"], ["y"], Token)).ToString());
        Assert.Contains("cmdstat_eval:calls=1,", (await client.ExecuteAsync(["INFO", "commandstats"], Token)).Text, StringComparison.Ordinal);
        StateServerException error = await Assert.ThrowsAsync<StateServerException>(
            () => client.EvaluateAsync(new StateScript("return redis.error_reply('MINE no')"), [], [], Token));
        Assert.Equal("MINE", error.Code);
    }

    [Fact]
    public async Task RESP3_is_spoken_where_it_was_asked_for_and_its_types_arrive()
    {
        await using RedisServer server = await RedisServer.StartAsync("--requirepass", "s3cret");
        await using var client = new StateClient(StateConnectionString.Parse($"{server.Address},timeout=5s,protocol=3,password=s3cret,name=web-1"));
        await client.ExecuteAsync(["HSET", "h", "a", "1", "b", "2"], Token);
        Assert.Equal(RespKind.Map, (await client.ExecuteAsync(["HGETALL", "h"], Token)).Kind);
        Assert.Equal(["a", "b"], (await client.HashGetAllAsync("h", Token)).Select(pair => pair.Key).Order());
        Assert.Null(await client.GetAsync("missing", Token));
        await client.ExecuteAsync(["ZADD", "z", "1.5", "m"], Token);
        Assert.Equal("1.5", (await client.ExecuteAsync(["ZSCORE", "z", "m"], Token)).ToString());
        Assert.Contains("name=web-1", (await client.ExecuteAsync(["CLIENT", "LIST"], Token)).Text, StringComparison.Ordinal);
    }

    private static StateClientOptions Options(RedisServer server) => StateConnectionString.Parse($"{server.Address},timeout=5s");

    private static async Task<long> IdAsync(StateClient client)
    {
        await using StateLease lease = await client.LeaseAsync(Token);
        return (await lease.ExecuteAsync(["CLIENT", "ID"], TimeSpan.FromSeconds(5), Token)).Integer;
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
        }
    }
}
