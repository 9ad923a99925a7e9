using System.Text;

namespace EvenKeel.Gateway.Tests.Wire;

/// <summary>A response as a client sees it, read by a reader of its own that shares nothing with the gateway's.</summary>
internal sealed record Reply(int Status, IReadOnlyList<string> Head, byte[] Body, IReadOnlyList<string> Trailers)
{
    public string Text => Encoding.Latin1.GetString(Body);

    public string? this[string field] => Head.Skip(1)
        .Where(line => line.StartsWith(field + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(field.Length + 1)..].Trim()).FirstOrDefault();

    public static async Task<Reply> ReadAsync(ByteChannel channel, bool head = false)
    {
        var lines = await channel.ReadHeadAsync() ?? throw new EndOfStreamException("The stream ended before a response.");
        Assert.StartsWith("HTTP/1.1 ", lines[0], StringComparison.Ordinal);
        var reply = new Reply(int.Parse(lines[0].AsSpan(9, 3), null), lines, [], []);
        if (head || reply.Status is < 200 or 204 or 304)
        {
            return reply;
        }

        if (reply["Transfer-Encoding"] == "chunked")
        {
            return await ReadChunksAsync(channel, reply);
        }

        return reply["Content-Length"] is { } length
            ? reply with { Body = await channel.ReadExactAsync(long.Parse(length, null)) }
            : reply with { Body = Encoding.Latin1.GetBytes(await channel.ReadToEndAsync()) };
    }

    private static async Task<Reply> ReadChunksAsync(ByteChannel channel, Reply reply)
    {
        using var body = new MemoryStream();
        while (true)
        {
            var size = Convert.ToInt64(await channel.ReadLineAsync(), 16);
            if (size == 0)
            {
                break;
            }

            body.Write(await channel.ReadExactAsync(size));
            Assert.Equal("", await channel.ReadLineAsync());
        }

        var trailers = new List<string>();
        while (await channel.ReadLineAsync() is { Length: > 0 } line)
        {
            trailers.Add(line);
        }

        return reply with { Body = body.ToArray(), Trailers = trailers };
    }
}
