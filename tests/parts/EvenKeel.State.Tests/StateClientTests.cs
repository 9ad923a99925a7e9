using System.Net.Sockets;
using System.Text.RegularExpressions;
using EvenKeel.State.Commands;
using EvenKeel.State.Errors;
using EvenKeel.State.Options;
using EvenKeel.State.Tests.Servers;

namespace EvenKeel.State.Tests;

public class StateClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_timeout_after_sending_says_that_the_outcome_is_unknown_and_where_the_time_went()
    {
        using var server = new ScriptedServer();
        await using StateClient client = Client(server, TimeSpan.FromMilliseconds(200));
        Task<long> increment = client.IncrementAsync("n", Token);
        using Socket peer = await server.AcceptAsync(Token);
        Assert.Equal("*2\r\n$4\r\nINCR\r\n$1\r\nn\r\n", await ScriptedServer.ReadAsync(peer, Token));
        StateOutcomeUnknownException error = await Assert.ThrowsAsync<StateOutcomeUnknownException>(() => increment);
        Assert.False(error.ConnectionLost);
        string told = Regex.Replace(error.Message, @"[\d.]+ ms", "T");
        Assert.Equal(
            $"INCR to 127.0.0.1:{server.Port}: no reply within T (queued T, sent after T, then T awaiting the reply; 1 pending, last heard of the server T ago). "
            + "The command may or may not have been executed.",
            told);
    }

    [Fact]
    public async Task A_silent_server_is_left_so_that_the_next_operation_uses_a_new_connection()
    {
        using var server = new ScriptedServer();
        await using StateClient client = Client(server, TimeSpan.FromMilliseconds(300));
        Task<long> first = client.IncrementAsync("n", Token);
        using Socket silent = await server.AcceptAsync(Token);
        await Assert.ThrowsAsync<StateOutcomeUnknownException>(() => first);
        Task<Socket> accepting = server.AcceptAsync(Token);
        using Socket fresh = await accepting;
        Task<long> second = client.IncrementAsync("n", Token);
        await ScriptedServer.ReadAsync(fresh, Token);
        await ScriptedServer.SendAsync(fresh, ":7\r\n", Token);
        Assert.Equal(7, await second);
    }

    [Fact]
    public async Task A_write_whose_reply_was_lost_is_never_sent_again()
    {
        using var server = new ScriptedServer();
        await using StateClient client = Client(server, TimeSpan.FromSeconds(20));
        Task<long> increment = client.IncrementAsync("n", Token);
        using (Socket peer = await server.AcceptAsync(Token))
        {
            await ScriptedServer.ReadAsync(peer, Token);
        }

        StateOutcomeUnknownException error = await Assert.ThrowsAsync<StateOutcomeUnknownException>(() => increment);
        Assert.True(error.ConnectionLost);
        using Socket fresh = await server.AcceptAsync(Token);
        Task ping = client.PingAsync(Token);
        Assert.Equal("*1\r\n$4\r\nPING\r\n", await ScriptedServer.ReadAsync(fresh, Token));
        await ScriptedServer.SendAsync(fresh, "+PONG\r\n", Token);
        await ping;
    }

    [Fact]
    public async Task A_read_whose_reply_was_lost_is_sent_once_more()
    {
        using var server = new ScriptedServer();
        await using StateClient client = Client(server, TimeSpan.FromSeconds(20));
        Task<ReadOnlyMemory<byte>?> get = client.GetAsync("k", Token);
        using (Socket peer = await server.AcceptAsync(Token))
        {
            await ScriptedServer.ReadAsync(peer, Token);
        }

        using Socket fresh = await server.AcceptAsync(Token);
        Assert.Equal("*2\r\n$3\r\nGET\r\n$1\r\nk\r\n", await ScriptedServer.ReadAsync(fresh, Token));
        await ScriptedServer.SendAsync(fresh, "$1\r\nv\r\n", Token);
        Assert.Equal("v"u8.ToArray(), (await get)!.Value.ToArray());
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData(":1\r\n:2\r\n")]
    public async Task A_stream_that_lost_its_place_is_never_used_again(string garbage)
    {
        using var server = new ScriptedServer();
        await using StateClient client = Client(server, TimeSpan.FromSeconds(20));
        Task<long> first = client.IncrementAsync("n", Token);
        using Socket peer = await server.AcceptAsync(Token);
        await ScriptedServer.ReadAsync(peer, Token);
        await ScriptedServer.SendAsync(peer, garbage, Token);
        if (garbage[0] == ':')
        {
            Assert.Equal(1, await first);
        }
        else
        {
            await Assert.ThrowsAsync<StateOutcomeUnknownException>(() => first);
        }

        using Socket fresh = await server.AcceptAsync(Token);
        Task<long> second = client.IncrementAsync("n", Token);
        await ScriptedServer.ReadAsync(fresh, Token);
        await ScriptedServer.SendAsync(fresh, ":3\r\n", Token);
        Assert.Equal(3, await second);
    }

    [Fact]
    public async Task An_operation_that_was_still_queued_was_certainly_not_sent()
    {
        using var server = new ScriptedServer();
        await using StateClient client = Client(server, TimeSpan.FromMilliseconds(100));

        // The connection is accepted by the kernel, but nobody answers the handshake.
        StateUnavailableException error = await Assert.ThrowsAsync<StateUnavailableException>(() => client.IncrementAsync("n", Token));
        Assert.Contains("queued all the time, waiting for a connection", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_operation_too_many_is_refused_at_once()
    {
        using var server = new ScriptedServer();
        await using var client = new StateClient(
            new StateClientOptions { Host = "127.0.0.1", Port = server.Port, MaxPending = 2, OperationTimeout = TimeSpan.FromSeconds(20) });
        Task<long> first = client.IncrementAsync("n", Token);
        Task<long> second = client.IncrementAsync("n", Token);
        StateUnavailableException error = await Assert.ThrowsAsync<StateUnavailableException>(() => client.IncrementAsync("n", Token));
        Assert.Contains("2 operations already wait", error.Message, StringComparison.Ordinal);

        using Socket peer = await server.AcceptAsync(Token);
        await ScriptedServer.ReadAsync(peer, "INCR", 2, Token);
        await ScriptedServer.SendAsync(peer, ":1\r\n:2\r\n", Token);
        Assert.Equal((1, 2), (await first, await second));
        Assert.Equal(0, client.Pending);
    }

    [Fact]
    public async Task A_caller_that_blocks_its_own_continuation_does_not_stop_the_others()
    {
        using var server = new ScriptedServer();
        await using StateClient client = Client(server, TimeSpan.FromSeconds(20));
        using var release = new ManualResetEventSlim();
        Task blocking = client.IncrementAsync("n", Token).ContinueWith(
            _ => release.Wait(Token), Token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Task<long> other = client.IncrementAsync("n", Token);
        using Socket peer = await server.AcceptAsync(Token);
        await ScriptedServer.ReadAsync(peer, "INCR", 2, Token);
        await ScriptedServer.SendAsync(peer, ":1\r\n:2\r\n", Token);
        Assert.Equal(2, await other);
        Assert.False(blocking.IsCompleted);
        release.Set();
        await blocking;
    }

    [Fact]
    public async Task Disposing_ends_what_is_in_flight_and_refuses_what_comes_later()
    {
        using var server = new ScriptedServer();
        StateClient client = Client(server, TimeSpan.FromSeconds(20));
        Task<long> increment = client.IncrementAsync("n", Token);
        using Socket peer = await server.AcceptAsync(Token);
        await ScriptedServer.ReadAsync(peer, Token);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<StateOutcomeUnknownException>(() => increment);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.PingAsync(Token));
    }

    [Fact]
    public async Task Cancelling_gives_up_waiting()
    {
        using var server = new ScriptedServer();
        await using StateClient client = Client(server, TimeSpan.FromSeconds(20));
        using var cancel = new CancellationTokenSource();
        Task<long> increment = client.IncrementAsync("n", cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => increment);
    }

    private static StateClient Client(ScriptedServer server, TimeSpan timeout) =>
        new(new StateClientOptions { Host = "127.0.0.1", Port = server.Port, OperationTimeout = timeout, ConnectTimeout = TimeSpan.FromSeconds(5) }, seed: 1);
}
