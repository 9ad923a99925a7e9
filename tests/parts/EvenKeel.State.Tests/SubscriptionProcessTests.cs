using EvenKeel.State.Commands;
using EvenKeel.State.Errors;
using EvenKeel.State.Options;
using EvenKeel.State.Subscriptions;
using EvenKeel.TestServers;

namespace EvenKeel.State.Tests;

[Trait("Category", "Process")]
public class SubscriptionProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ServerKind.Redis, 2)]
    [InlineData(ServerKind.Redis, 3)]
    [InlineData(ServerKind.Node, 2)]
    [InlineData(ServerKind.Node, 3)]
    public async Task Messages_come_in_order_and_only_to_their_channel(ServerKind kind, int protocol)
    {
        await using RespServer server = await RespServer.StartAsync(kind);
        await using var client = new StateClient(Options(server, protocol));
        await using StateSubscription news = await client.SubscribeAsync("news", Token);
        await using StateSubscription other = await client.SubscribeAsync("other", Token);
        for (int i = 0; i < 500; i++)
        {
            Assert.Equal(1, await client.PublishAsync("news", $"text {i}", Token));
        }

        for (int i = 0; i < 500; i++)
        {
            Assert.Equal($"text {i}", await TextAsync(news));
        }

        await news.DisposeAsync();
        await Eventually(async () => await client.PublishAsync("news", "nobody", Token) == 0);
        await client.PublishAsync("other", "for you", Token);
        Assert.Equal("for you", await TextAsync(other));
        await Assert.ThrowsAsync<System.Threading.Channels.ChannelClosedException>(async () => await news.Messages.ReadAsync(Token));
    }

    [Theory]
    [InlineData(ServerKind.Redis)]
    [InlineData(ServerKind.Node)]
    public async Task After_a_restart_of_the_server_the_subscription_is_in_force_again_and_says_that_there_was_a_gap(ServerKind kind)
    {
        await using RespServer server = await RespServer.StartAsync(kind);
        await using var client = new StateClient(Options(server));
        await using StateSubscription news = await client.SubscribeAsync("news", Token);
        await server.KillAsync();
        await server.RestartAsync();
        Assert.True((await news.Messages.ReadAsync(Token)).IsGap);
        await Eventually(async () => await PublishAsync(client, "back") == 1);
        Assert.Equal("back", await TextAsync(news));
    }

    [Fact]
    public async Task A_paused_server_is_found_within_5_s_by_the_subscriber_and_by_the_shared_connection_without_any_operation()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        var lost = new LostLogger();
        await using var client = new StateClient(new StateClientOptions { Host = "127.0.0.1", Port = server.Address.Port }, logger: lost);
        await using StateSubscription news = await client.SubscribeAsync("news", Token);
        await client.PingAsync(Token);
        long paused = TimeProvider.System.GetTimestamp();
        server.Pause();
        try
        {
            // The bound of 5 s is the sum of two options; here it only has to end, since a machine under load may be late by itself.
            await lost.SharedLost.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token);
            await lost.SubscriberLost.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Token);
            TestContext.Current.TestOutputHelper?.WriteLine($"found after {TimeProvider.System.GetElapsedTime(paused)}");
        }
        finally
        {
            server.Resume();
        }

        Assert.True((await news.Messages.ReadAsync(Token)).IsGap);
        await Eventually(async () => await PublishAsync(client, "back") == 1);
    }

    [Fact]
    public async Task A_reader_that_is_slow_loses_the_oldest_messages_and_can_see_how_many()
    {
        await using RespServer server = await RespServer.StartAsync(ServerKind.Node);
        await using var client = new StateClient(Options(server) with { MaxMessages = 10 });
        await using StateSubscription news = await client.SubscribeAsync("news", Token);
        for (int i = 0; i < 11; i++)
        {
            await client.PublishAsync("news", $"text {i}", Token);
        }

        await Eventually(() => Task.FromResult(news.Dropped == 1));
        Assert.Equal("text 1", await TextAsync(news));
    }

    [Fact]
    public async Task One_subscription_too_many_is_refused_and_leaving_makes_room()
    {
        await using RespServer server = await RespServer.StartAsync(ServerKind.Node);
        await using var client = new StateClient(Options(server) with { MaxSubscriptions = 2 });
        await using StateSubscription one = await client.SubscribeAsync("news", Token);
        await using StateSubscription two = await client.SubscribeAsync("news", Token);
        StateUnavailableException error = await Assert.ThrowsAsync<StateUnavailableException>(() => client.SubscribeAsync("more", Token));
        Assert.Contains("there are 2 subscriptions, which is the limit", error.Message, StringComparison.Ordinal);
        await two.DisposeAsync();
        await using StateSubscription three = await client.SubscribeAsync("more", Token);
    }

    [Fact]
    public async Task A_subscription_that_nobody_confirms_fails_with_the_reason()
    {
        await using RedisServer server = await RedisServer.StartAsync();
        await server.KillAsync();
        await using var client = new StateClient(
            new StateClientOptions { Host = "127.0.0.1", Port = server.Address.Port, OperationTimeout = TimeSpan.FromMilliseconds(300) });
        StateUnavailableException error = await Assert.ThrowsAsync<StateUnavailableException>(() => client.SubscribeAsync("news", Token));
        Assert.Contains("not confirmed within 300 ms", error.Message, StringComparison.Ordinal);
    }

    private static StateClientOptions Options(RespServer server, int protocol = 2) =>
        StateConnectionString.Parse($"{server.Address},timeout=5s,protocol={protocol}");

    private static async Task<string> TextAsync(StateSubscription subscription)
    {
        while (true)
        {
            StateMessage message = await subscription.Messages.ReadAsync(Token);
            if (!message.IsGap)
            {
                return System.Text.Encoding.UTF8.GetString(message.Payload.Span);
            }
        }
    }

    private static async Task<long> PublishAsync(StateClient client, string text)
    {
        try
        {
            return await client.PublishAsync("news", text, Token);
        }
        catch (StateException)
        {
            return -1;
        }
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
