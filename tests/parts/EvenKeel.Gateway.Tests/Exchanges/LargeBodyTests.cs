using System.Security.Cryptography;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Exchanges;

/// <summary>They look at the memory of the whole process, so nothing may run beside them.</summary>
[Collection(AloneCollection.Name)]
public sealed class LargeBodyTests
{
    private const int Large = 64 * 1024 * 1024;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Sixty_four_megabytes_come_up_bit_for_bit_in_bounded_memory(bool chunked, bool slowOrigin)
    {
        var (expected, size) = (SHA256.HashData(Content()), chunked ? Large / 4 : Large);
        expected = chunked ? SHA256.HashData(Content().AsSpan(0, size)) : expected;
        byte[] seen = [];
        await using var origin = new Origin(async channel =>
        {
            var head = await channel.ReadHeadAsync();
            channel.Socket.ReceiveBufferSize = 32 * 1024;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            if (chunked)
            {
                for (long chunk; (chunk = Convert.ToInt64(await channel.ReadLineAsync(), 16)) > 0;)
                {
                    hash.AppendData(await channel.ReadExactAsync(chunk));
                    await channel.ReadLineAsync();
                }

                await channel.ReadLineAsync();
            }
            else
            {
                for (var left = size; left > 0;)
                {
                    var part = Math.Min(left, 50_000);
                    hash.AppendData(await channel.ReadExactAsync(part));
                    left -= part;
                    if (slowOrigin && left % 1_000_000 < 50_000)
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Deadline.Token);
                    }
                }
            }

            seen = hash.GetHashAndReset();
            await channel.SendAsync(Origin.Ok("done"));
        });
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync();
        var content = Content().AsMemory(0, size);
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\n" + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : $"Content-Length: {size}\r\n\r\n"));
        var memory = new MemoryWatch();
        for (var position = 0; position < size;)
        {
            var part = Math.Min(size - position, chunked ? 10_007 : 300_000);
            await client.SendAsync(chunked ? $"{part:x}\r\n" : "");
            await client.SendAsync(content.Slice(position, part));
            await client.SendAsync(chunked ? "\r\n" : "");
            position += part;
            memory.Look();
        }

        await client.SendAsync(chunked ? "0\r\n\r\n" : "");
        Assert.Equal("done", (await Deadline.Within(Reply.ReadAsync(client))).Text);
        Assert.Equal(expected, seen);
        memory.MustHaveGrownLessThan(Large / 4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sixty_four_megabytes_come_down_to_a_slow_reader_bit_for_bit_in_bounded_memory(bool chunked)
    {
        var content = Content();
        await using var origin = new Origin(async channel =>
        {
            await channel.ReadHeadAsync();
            await channel.SendAsync("HTTP/1.1 200 OK\r\n" + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : $"Content-Length: {Large}\r\n\r\n"));
            for (var position = 0; position < Large;)
            {
                var part = Math.Min(Large - position, 250_000);
                await channel.SendAsync(chunked ? $"{part:X8}\r\n" : "");
                await channel.SendAsync(content.AsMemory(position, part));
                await channel.SendAsync(chunked ? "\r\n" : "");
                position += part;
            }

            await channel.SendAsync(chunked ? "0\r\n\r\n" : "");
            await channel.ReadHeadAsync();
        });
        await using var gateway = new TestGateway();
        gateway.Add(origin);
        var client = await gateway.ConnectAsync(receiveBuffer: 32 * 1024);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.ReadHeadAsync();
        var memory = new MemoryWatch();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var left = Large; left > 0;)
        {
            var part = chunked ? (int)Convert.ToInt64(await client.ReadLineAsync(), 16) : Math.Min(left, 100_000);
            hash.AppendData(await client.ReadExactAsync(part));
            left -= part;
            if (chunked)
            {
                await client.ReadLineAsync();
            }

            memory.Look();
            if (left % 3_000_000 < 100_000)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Deadline.Token);
            }
        }

        Assert.Equal(SHA256.HashData(content), hash.GetHashAndReset());
        memory.MustHaveGrownLessThan(Large / 4);
    }

    private static byte[] Content()
    {
        var bytes = new byte[Large];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
