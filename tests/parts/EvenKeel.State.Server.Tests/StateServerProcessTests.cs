using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EvenKeel.State.Server.Options;
using EvenKeel.State.Server.Tests.Conformance;

namespace EvenKeel.State.Server.Tests;

[Trait("Category", "Process")]
public class StateServerProcessTests
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Redis_cli_talks_to_it()
    {
        await using StateServer node = StateServer.Start(AnyPort, new StateServerOptions());
        Assert.Equal("PONG\n", await RedisCliAsync(node, null, "ping"));
        Assert.Equal("OK\n", await RedisCliAsync(node, null, "set", "greeting", "hello world"));
        Assert.Equal("hello world\n", await RedisCliAsync(node, null, "get", "greeting"));
        Assert.Equal("2\n", await RedisCliAsync(node, null, "hset", "h", "a", "1", "b", "2"));
        Assert.Equal("a\n1\nb\n2\n", await RedisCliAsync(node, null, "hgetall", "h"));
        Assert.Equal(
            "OK\n1\n2\n\nERR value is not an integer or out of range\n\n3\n",
            await RedisCliAsync(node, "set s x\nincr n\nincr n\nget none\nincr s\nincr n\n"));
        Assert.Equal("greeting\nh\nn\ns\n", Sorted(await RedisCliAsync(node, null, "--scan")));
        Assert.Contains("redis_version:7.0.15\r\n", await RedisCliAsync(node, null, "info"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipe_of_commands_is_answered_in_order()
    {
        await using StateServer node = StateServer.Start(AnyPort, new StateServerOptions());
        string pipe = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"*3\r\n$3\r\nSET\r\n$6\r\nk{i:00000}\r\n$1\r\nv\r\n"));
        Assert.Contains("errors: 0, replies: 20000", await RedisCliAsync(node, pipe, "--pipe"), StringComparison.Ordinal);
        Assert.Equal("20000\n", await RedisCliAsync(node, null, "dbsize"));
    }

    [Fact]
    public async Task Concurrent_clients_see_each_increment_once()
    {
        await using StateServer node = StateServer.Start(AnyPort, new StateServerOptions());
        string[][] replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using RawClient client = await RawClient.ConnectAsync(node.Address);
            var mine = new List<string>();
            for (int i = 0; i < 500; i++)
            {
                mine.Add(await client.CallAsync("INCR", "n"));
            }

            return mine.ToArray();
        }));
        Assert.Equal(Enumerable.Range(1, 4000).Select(i => $":{i}\r\n").Order(), replies.SelectMany(r => r).Order());
    }

    [Fact]
    public async Task A_client_too_many_is_told_so_and_a_place_that_is_left_is_free_again()
    {
        await using StateServer node = StateServer.Start(AnyPort, new StateServerOptions { MaxClients = 2 });
        using RawClient first = await RawClient.ConnectAsync(node.Address);
        Assert.Equal("+PONG\r\n", await first.CallAsync("PING"));
        using (RawClient second = await RawClient.ConnectAsync(node.Address))
        {
            Assert.Equal("+PONG\r\n", await second.CallAsync("PING"));
            using RawClient third = await RawClient.ConnectAsync(node.Address);
            Assert.Equal("-ERR max number of clients reached\r\n", await third.ReadReplyAsync());
            Assert.Null(await third.ReadReplyAsync());
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        while (!(await first.CallAsync("INFO", "clients")).Contains("connected_clients:1\r\n", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, deadline.Token);
        }

        using RawClient again = await RawClient.ConnectAsync(node.Address);
        Assert.Equal("+PONG\r\n", await again.CallAsync("PING"));
    }

    [Fact]
    public async Task A_value_of_megabytes_goes_in_and_out_and_one_byte_above_the_limit_is_refused()
    {
        const int Limit = 3_000_000;
        await using StateServer node = StateServer.Start(AnyPort, new StateServerOptions { MaxBulkBytes = Limit });
        using RawClient client = await RawClient.ConnectAsync(node.Address);
        string value = new('x', Limit);
        Assert.Equal("+OK\r\n", await client.CallAsync("SET", "k", value));
        Assert.Equal($"${Limit}\r\n{value}\r\n", await client.CallAsync("GET", "k"));
        await client.SendAsync(Encoding.ASCII.GetBytes($"*3\r\n$3\r\nSET\r\n$1\r\nk\r\n${Limit + 1}\r\n"));
        Assert.Equal("-ERR Protocol error: invalid bulk length\r\n", await client.ReadReplyAsync());
        Assert.Null(await client.ReadReplyAsync());
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_not_read_from_and_loses_nothing()
    {
        await using StateServer node = StateServer.Start(AnyPort, new StateServerOptions());
        using RawClient slow = await RawClient.ConnectAsync(node.Address);
        await slow.CallAsync("SET", "k", new string('x', 100_000));
        const int Gets = 500;
        byte[] requests = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("GET k\r\n", Gets)));
        await slow.SendAsync(requests);

        // Fifty megabytes of replies wait for the slow client; another one is served meanwhile.
        using RawClient other = await RawClient.ConnectAsync(node.Address);
        Assert.Equal("+PONG\r\n", await other.CallAsync("PING"));
        for (int i = 0; i < Gets; i++)
        {
            Assert.Equal(100_000 + 11, (await slow.ReadReplyAsync())!.Length);
        }
    }

    [Fact]
    public async Task What_was_asked_before_the_client_ended_its_side_is_still_answered()
    {
        await using StateServer node = StateServer.Start(AnyPort, new StateServerOptions());
        using RawClient client = await RawClient.ConnectAsync(node.Address);
        await client.SendAsync("PING\r\nPING\r\n"u8.ToArray());
        client.ShutdownSend();
        Assert.Equal("+PONG\r\n", await client.ReadReplyAsync());
        Assert.Equal("+PONG\r\n", await client.ReadReplyAsync());
        Assert.Null(await client.ReadReplyAsync());
    }

    [Fact]
    public async Task A_disposed_node_closes_its_connections_and_frees_its_port()
    {
        StateServer node = StateServer.Start(AnyPort, new StateServerOptions());
        using RawClient client = await RawClient.ConnectAsync(node.Address);
        await client.CallAsync("PING");
        await node.DisposeAsync();
        await Assert.ThrowsAnyAsync<SocketException>(async () =>
        {
            if (await client.ReadReplyAsync() is null)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }
        });
        await using StateServer again = StateServer.Start(node.Address, new StateServerOptions());
        Assert.Equal(node.Address, again.Address);
    }

    [Fact]
    public async Task A_busy_port_is_refused()
    {
        await using StateServer node = StateServer.Start(AnyPort, new StateServerOptions());
        SocketException error = Assert.Throws<SocketException>(() => StateServer.Start(node.Address, new StateServerOptions()));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
    }

    private static string Sorted(string lines) => string.Concat(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order().Select(l => l + "\n"));

    private static async Task<string> RedisCliAsync(StateServer node, string? input, params string[] arguments)
    {
        const string Program = "/usr/bin/redis-cli";
        if (!File.Exists(Program))
        {
            Assert.Skip("SKIPPED, redis-cli is not installed: apt-get install redis-tools");
        }

        var start = new ProcessStartInfo(Program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-p", node.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await output;
    }
}
