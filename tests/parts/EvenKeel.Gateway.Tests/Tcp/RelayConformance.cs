using System.Net.Sockets;
using System.Security.Cryptography;
using EvenKeel.Gateway.Tcp;
using EvenKeel.Gateway.Tests.Wire;
using EvenKeel.Transport.Loops;

namespace EvenKeel.Gateway.Tests.Tcp;

/// <summary>What a relay keeps, whatever transport carries it.</summary>
public abstract class RelayConformance
{
    private const int Size = 8 * 1024 * 1024;

    protected abstract LoopGroup Open(LoopGroupOptions options);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_byte_arrives_as_it_was_sent_both_ways_at_once(int seed)
    {
        byte[] up = Bytes(seed, Size), down = Bytes(seed + 100, Size + 12_345);
        byte[]? seen = null;
        await using var origin = new Origin(async channel =>
        {
            Task<byte[]> reading = HashAsync(channel, seed);
            await SendInPieces(channel, down, new Random(seed));
            channel.EndSending();
            seen = await reading;
        });
        await using var gateway = new TestTcpGateway(Open, loops: 2);
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        Task<byte[]> answer = HashAsync(client, seed + 1);
        await SendInPieces(client, up, new Random(seed + 2));
        client.EndSending();
        Assert.Equal(SHA256.HashData(down), await Deadline.Within(answer));
        await gateway.Until(TcpOutcome.Completed);
        await Deadline.Until(() => seen is not null, "the origin has read everything");
        Assert.Equal(SHA256.HashData(up), seen);
        Assert.Equal((up.Length, down.Length), (gateway.Statistics.ClientBytes, gateway.Statistics.EndpointBytes));
    }

    [Fact]
    public async Task After_the_clients_end_the_answer_still_comes()
    {
        await using var origin = new Origin(async channel =>
        {
            string asked = await channel.ReadToEndAsync();
            await channel.SendAsync($"you said {asked}");
        });
        await using var gateway = new TestTcpGateway(Open);
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("hello");
        client.EndSending();
        Assert.Equal("you said hello", await Deadline.Within(client.ReadToEndAsync()));
        await gateway.Until(TcpOutcome.Completed);
    }

    [Fact]
    public async Task After_the_endpoints_end_the_client_may_still_send()
    {
        var heard = new TaskCompletionSource<string>();
        await using var origin = new Origin(async channel =>
        {
            await channel.SendAsync("bye");
            channel.EndSending();
            heard.SetResult(await channel.ReadToEndAsync());
        });
        await using var gateway = new TestTcpGateway(Open);
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        Assert.Equal("bye", await Deadline.Within(client.ReadToEndAsync()));
        await client.SendAsync("late");
        client.EndSending();
        Assert.Equal("late", await Deadline.Within(heard.Task));
        await gateway.Until(TcpOutcome.Completed);
    }

    [Fact]
    public async Task A_client_that_does_not_read_stops_the_endpoint_and_then_gets_everything()
    {
        byte[] down = Bytes(3, 4 * Size);
        await using var origin = new Origin(async channel => await channel.SendAsync(down));
        await using var gateway = new TestTcpGateway(Open);
        gateway.Add(origin);
        var client = await gateway.ConnectAsync(receiveBuffer: 16 * 1024);
        await UntilStalled(() => gateway.Statistics.EndpointBytes);
        Assert.InRange(gateway.Statistics.EndpointBytes, 1, down.Length - 1);
        client.EndSending();
        Assert.Equal(SHA256.HashData(down), await Deadline.Within(HashAsync(client, 4)));
        await gateway.Until(TcpOutcome.Completed);
    }

    [Fact]
    public async Task An_endpoint_that_does_not_read_stops_the_client_and_then_gets_everything()
    {
        byte[] up = Bytes(5, 4 * Size);
        var read = new TaskCompletionSource();
        var seen = new TaskCompletionSource<byte[]>();
        await using var origin = new Origin(async channel =>
        {
            await read.Task;
            seen.SetResult(await HashAsync(channel, 6));
        });
        await using var gateway = new TestTcpGateway(Open);
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        Task sending = client.SendAsync(up).AsTask();
        await UntilStalled(() => gateway.Statistics.ClientBytes);
        Assert.InRange(gateway.Statistics.ClientBytes, 1, up.Length - 1);
        read.SetResult();
        await Deadline.Within(sending);
        client.EndSending();
        Assert.Equal(SHA256.HashData(up), await Deadline.Within(seen.Task));
    }

    [Fact]
    public async Task A_reset_of_the_client_resets_the_endpoint_and_is_counted()
    {
        var failed = new TaskCompletionSource<Exception>();
        await using var origin = new Origin(async channel => failed.SetResult(await Assert.ThrowsAsync<SocketException>(() => channel.ReadToEndAsync())));
        await using var gateway = new TestTcpGateway(Open);
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.SendAsync("x");
        await Deadline.Until(() => gateway.Statistics.ClientBytes == 1, "the byte is passed on");
        client.Reset();
        await Deadline.Within(failed.Task);
        await gateway.Until(TcpOutcome.ClientAborted);
    }

    [Fact]
    public async Task A_reset_of_the_endpoint_resets_the_client_and_is_counted()
    {
        await using var origin = new Origin(async channel =>
        {
            await channel.SendAsync("begun");
            await channel.ReadByteAsync();
            channel.Reset();
        });
        await using var gateway = new TestTcpGateway(Open);
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        await client.ReadExactAsync(5);
        await client.SendAsync("x");
        await Assert.ThrowsAsync<SocketException>(() => Deadline.Within(client.ReadToEndAsync()));
        await gateway.Until(TcpOutcome.Truncated);
    }

    [Fact]
    public async Task An_endpoint_that_ends_and_then_resets_loses_nothing_of_what_it_said()
    {
        byte[] down = Bytes(7, 60_000);
        var reset = new TaskCompletionSource();
        await using var origin = new Origin(async channel =>
        {
            await channel.SendAsync(down);
            channel.EndSending();
            await reset.Task;
            channel.Reset();
        });
        await using var gateway = new TestTcpGateway(Open);
        var endpoint = gateway.Add(origin);
        var witness = await gateway.ConnectAsync();
        await Deadline.Within(witness.ReadToEndAsync());
        var client = await gateway.ConnectAsync(receiveBuffer: 8 * 1024);
        await Deadline.Until(() => gateway.Statistics.EndpointBytes == 2 * down.Length, "the relay has taken everything");

        // A connection after it that comes to its end: the loop has seen the end of the first one, too.
        await Deadline.Within((await gateway.ConnectAsync()).ReadToEndAsync());
        reset.SetResult();
        await Deadline.Until(() => client.Socket.Send([1]) == 1 && endpoint.InFlight == 2, "the relay has noticed the reset, which only sending shows");
        Assert.Equal(SHA256.HashData(down), await Deadline.Within(HashAsync(client, 8)));
        client.Dispose();
        await gateway.Until(TcpOutcome.Truncated);
    }

    protected static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task SendInPieces(ByteChannel channel, byte[] bytes, Random random)
    {
        for (int at = 0; at < bytes.Length;)
        {
            int length = Math.Min(bytes.Length - at, random.Next(1, 300_000));
            await channel.SendAsync(bytes.AsMemory(at, length));
            at += length;
        }
    }

    // Reads to the end, now and then letting others go first.
    private static async Task<byte[]> HashAsync(ByteChannel channel, int seed)
    {
        var random = new Random(seed);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (await channel.SkipAsync(bytes => hash.AppendData(bytes.Span)) > 0)
        {
            if (random.Next(20) == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Deadline.Token);
            }
        }

        return hash.GetHashAndReset();
    }

    // Twenty looks without growth: on a busy machine perhaps too early, which can hide a fault but never make one.
    private static async Task UntilStalled(Func<long> value)
    {
        long last = 0;
        for (int same = 0; same < 20 || last == 0;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Deadline.Token);
            long now = value();
            same = now == last ? same + 1 : 0;
            last = now;
        }
    }
}
