using System.Net;
using System.Text;
using EvenKeel.Resp.Replies;
using EvenKeel.State.Commands;
using EvenKeel.State.Errors;
using EvenKeel.State.Options;
using EvenKeel.TestServers;

namespace EvenKeel.State.Tests;

[Trait("Category", "Process")]
public class StateClientProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Node)]
    public async Task Commands_do_what_they_say(ServerKind kind)
    {
        await using RespServer server = await RespServer.StartAsync(kind);
        await using StateClient client = Client(server.Address);
        await client.PingAsync(Token);
        await client.SetAsync("k", "v\r\n", null, Token);
        Assert.Equal("v\r\n", Encoding.UTF8.GetString((await client.GetAsync("k", Token))!.Value.Span));
        Assert.Null(await client.GetAsync("missing", Token));
        Assert.False(await client.SetIfAbsentAsync("k", "w", Token));
        Assert.True(await client.SetIfAbsentAsync("l", "w", Token));
        await client.SetAsync("short", new byte[] { 1 }, TimeSpan.FromSeconds(100), Token);
        Assert.InRange((await client.ExecuteAsync(["PTTL", "short"], Token)).Integer, 90_000, 100_000);
        Assert.Equal((1, 2), (await client.IncrementAsync("n", Token), await client.IncrementAsync("n", Token)));
        Assert.True(await client.DeleteAsync("n", Token));
        Assert.False(await client.DeleteAsync("n", Token));

        Assert.True(await client.HashSetIfAbsentAsync("h", "f", "1", Token));
        Assert.False(await client.HashSetIfAbsentAsync("h", "f", "2", Token));
        Assert.Equal("1", Encoding.UTF8.GetString((await client.HashGetAsync("h", "f", Token))!.Value.Span));
        Assert.Null(await client.HashGetAsync("h", "g", Token));
        Assert.Equal(["f"], (await client.HashGetAllAsync("h", Token)).Select(p => p.Key));
        Assert.Single(await client.HashValuesAsync("h", Token));
        Assert.True(await client.HashDeleteAsync("h", "f", Token));
        Assert.False(await client.HashDeleteAsync("h", "f", Token));
    }

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Node)]
    public async Task A_refusal_carries_the_servers_words_and_its_code(ServerKind kind)
    {
        await using RespServer server = await RespServer.StartAsync(kind);
        await using StateClient client = Client(server.Address);
        await client.SetAsync("k", "text", null, Token);
        StateServerException error = await Assert.ThrowsAsync<StateServerException>(() => client.IncrementAsync("k", Token));
        Assert.Equal(("ERR", "ERR value is not an integer or out of range"), (error.Code, error.Error));
        error = await Assert.ThrowsAsync<StateServerException>(() => client.HashGetAsync("k", "f", Token));
        Assert.Equal("WRONGTYPE", error.Code);
    }

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Node)]
    public async Task Thousands_of_callers_share_one_connection_and_each_gets_its_own_reply(ServerKind kind)
    {
        await using RespServer server = await RespServer.StartAsync(kind);
        await using StateClient client = Client(server.Address);
        Task<RespValue>[] replies = [.. Enumerable.Range(0, 5000).Select(i => client.ExecuteAsync(["ECHO", $"text {i}"], Token))];
        await Task.WhenAll(replies);
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"text {i}"), replies.Select(r => r.Result.Text));
        Assert.Contains("connected_clients:1\r\n", (await client.ExecuteAsync(["INFO", "clients"], Token)).Text, StringComparison.Ordinal);
        Assert.Equal(0, client.Pending);
    }

    [Fact]
    public async Task A_user_a_password_a_database_and_a_name_are_used()
    {
        await using RedisServer server = await RedisServer.StartAsync("--requirepass", "s3cret");
        await using (StateClient client = Client(server.Address, "password=s3cret,db=2,name=web-1"))
        {
            Assert.Contains("db=2", (await client.ExecuteAsync(["CLIENT", "LIST"], Token)).Text, StringComparison.Ordinal);
            Assert.Contains("name=web-1", (await client.ExecuteAsync(["CLIENT", "LIST"], Token)).Text, StringComparison.Ordinal);
        }

        await using StateClient wrong = Client(server.Address, "password=wrong");
        StateUnavailableException error = await Assert.ThrowsAsync<StateUnavailableException>(() => wrong.PingAsync(Token));
        Assert.Contains("it refused AUTH: WRONGPASS", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_in_mid_flight_the_server_leaves_outcomes_unknown_and_is_used_again_when_it_is_back()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await using StateClient client = Client(server.Address);
        await client.PingAsync(Token);

        // The first operation waits in the server, which a second client can see; those behind it can only wait as well.
        Task<RespValue> blocked = client.ExecuteAsync(["BLPOP", "queue", "0"], Token);
        Task<long>[] behind = [.. Enumerable.Range(0, 100).Select(_ => client.IncrementAsync("n", Token))];
        await using (StateClient observer = Client(server.Address))
        {
            await Eventually(
                async () => (await observer.ExecuteAsync(["INFO", "clients"], Token)).Text.Contains("blocked_clients:1", StringComparison.Ordinal));
            await server.KillAsync();
        }

        Assert.True((await Assert.ThrowsAsync<StateOutcomeUnknownException>(() => blocked)).ConnectionLost);
        foreach (Task<long> operation in behind)
        {
            StateException error = await Assert.ThrowsAnyAsync<StateException>(() => operation);
            Assert.True(error is StateOutcomeUnknownException { ConnectionLost: true } or StateUnavailableException, error.Message);
        }

        await Eventually(async () => await Fails<StateUnavailableException>(client.PingAsync(Token)));

        await server.RestartAsync();
        await Eventually(async () => !await Fails<StateUnavailableException>(client.PingAsync(Token)));
        Assert.Equal(1, await client.IncrementAsync("n", Token));
        Assert.Equal(0, client.Pending);
    }

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Node)]
    public async Task While_a_server_dies_and_comes_back_every_increment_is_acknowledged_unknown_or_unsent(ServerKind kind)
    {
        await using RespServer server = await RespServer.StartAsync(kind);
        await using StateClient client = Client(server.Address);
        await client.IncrementAsync("n", Token);
        using var stop = new CancellationTokenSource();
        Task<(int Acknowledged, int Unknown, int Unsent)>[] callers = [.. Enumerable.Range(0, 16).Select(_ => CountOutcomesAsync(client, stop.Token))];
        await server.KillAsync();
        await Eventually(async () => await Fails<StateUnavailableException>(client.PingAsync(Token)));
        await server.RestartAsync();
        await Eventually(async () => !await Fails<StateUnavailableException>(client.PingAsync(Token)));
        long afterwards = await client.IncrementAsync("n", Token);
        await stop.CancelAsync();
        (int Acknowledged, int Unknown, int Unsent)[] outcomes = await Task.WhenAll(callers);
        Assert.True(outcomes.Sum(o => o.Unsent) > 0);
        Assert.InRange(afterwards, 1, 1 + outcomes.Sum(o => o.Acknowledged + o.Unknown));
        await Eventually(() => Task.FromResult(client.Pending == 0));
    }

    [Fact]
    public async Task Nobody_listening_fails_at_once_with_the_reason()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using StateClient client = Client(server.Address, "timeout=60s");
        StateUnavailableException error = await Assert.ThrowsAsync<StateUnavailableException>(() => client.PingAsync(Token));
        Assert.Contains($"the state server at {server.Address} cannot be reached (ConnectionRefused)", error.Message, StringComparison.Ordinal);
        Assert.Contains("was not sent", error.Message, StringComparison.Ordinal);
    }

    private static StateClient Client(IPEndPoint address, string options = "timeout=5s") =>
        new(StateConnectionString.Parse($"{address},{options}"));

    private static async Task<(int Acknowledged, int Unknown, int Unsent)> CountOutcomesAsync(StateClient client, CancellationToken stop)
    {
        (int Acknowledged, int Unknown, int Unsent) counts = default;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await client.IncrementAsync("n", CancellationToken.None);
                counts.Acknowledged++;
            }
            catch (StateOutcomeUnknownException)
            {
                counts.Unknown++;
            }
            catch (StateUnavailableException)
            {
                counts.Unsent++;
                await Task.Yield();
            }
        }

        return counts;
    }

    private static async Task<bool> Fails<T>(Task operation)
        where T : Exception
    {
        try
        {
            await operation;
            return false;
        }
        catch (T)
        {
            return true;
        }
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
        }
    }
}
