using System.Text;
using EvenKeel.Http.Bodies;
using EvenKeel.Http.Faults;

namespace EvenKeel.Http.Tests.Bodies;

public sealed class ChunkedBodyTests
{
    [Theory]
    [InlineData("0\r\n\r\n", "0\r\n\r\n", "")]
    [InlineData("5\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world")]
    [InlineData("A\r\n0123456789\r\n0\r\n\r\n", "a\r\n0123456789\r\n0\r\n\r\n", "0123456789")]
    [InlineData("0000000000000002\r\nhi\r\n000\r\n\r\n", "2\r\nhi\r\n0\r\n\r\n", "hi")]
    [InlineData("2;a=b;c=\"d\"\r\nhi\r\n0;x\r\n\r\n", "2\r\nhi\r\n0\r\n\r\n", "hi")]
    [InlineData("2;\r\n\r\n\r\n0\r\n\r\n", "2\r\n\r\n\r\n0\r\n\r\n", "\r\n")]
    [InlineData("3\r\n0\r\n\r\n0\r\n\r\n", "3\r\n0\r\n\r\n0\r\n\r\n", "0\r\n")]
    [InlineData("1\r\na\r\n0\r\nX-Sum:1\r\nX-Two:  b \r\n\r\n", "1\r\na\r\n0\r\nX-Sum: 1\r\nX-Two: b\r\n\r\n", "a")]
    [InlineData("1\r\na\r\n0\r\nContent-Length: 9\r\nHost: b\r\nTransfer-Encoding: chunked\r\nX-Sum: 1\r\n\r\n", "1\r\na\r\n0\r\nX-Sum: 1\r\n\r\n", "a")]
    [InlineData("1\r\na\r\n0\r\nAuthorization: x\r\n\r\n", "1\r\na\r\n0\r\n\r\n", "a")]
    public void Chunks_are_written_anew_or_decoded_however_they_are_split(string input, string rewritten, string decoded)
    {
        var bytes = Encoding.Latin1.GetBytes(input + "GET /next");
        foreach (var split in BodyRunner.Splits(bytes.Length))
        {
            var transfer = BodyRunner.Run(bytes, BodyFraming.Chunked, false, 1000, split, out var output, out var consumed);
            Assert.True(transfer.IsComplete);
            Assert.Equal(rewritten, output);
            Assert.Equal(input.Length, consumed);
            Assert.Equal(decoded.Length, transfer.Received);

            BodyRunner.Run(bytes, BodyFraming.Chunked, true, 1000, split, out var content, out consumed);
            Assert.Equal(decoded, content);
            Assert.Equal(input.Length, consumed);
        }
    }

    [Theory]
    [InlineData("\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("g\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("-1\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("+1\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("0x1\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData(" 1\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("1 \r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("1 ;a\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("1\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("1_0\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData(";a\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("\r1\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("00000000000000001\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("8000000000000000\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("ffffffffffffffff\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("10000000000000005\r\n", HttpFault.ChunkSizeInvalid)]
    [InlineData("1\r\r\n", HttpFault.BareCarriageReturn)]
    [InlineData("1\ra", HttpFault.BareCarriageReturn)]
    [InlineData("1;a\nb\r\n", HttpFault.ChunkExtensionInvalid)]
    [InlineData("1;a\0b\r\n", HttpFault.ChunkExtensionInvalid)]
    [InlineData("1;a\rb", HttpFault.BareCarriageReturn)]
    [InlineData("1\r\nab", HttpFault.ChunkEndMissing)]
    [InlineData("1\r\na\n", HttpFault.ChunkEndMissing)]
    [InlineData("1\r\na\rb", HttpFault.ChunkEndMissing)]
    [InlineData("1\r\na0\r\n\r\n", HttpFault.ChunkEndMissing)]
    [InlineData("2\r\na\r\n0\r\n\r\n", HttpFault.ChunkEndMissing)]
    [InlineData("0\r\n\n", HttpFault.BareLineFeed)]
    [InlineData("0\r\nA: b\n\r\n", HttpFault.BareLineFeed)]
    [InlineData("0\r\nA\r\n\r\n", HttpFault.FieldWithoutColon)]
    [InlineData("0\r\nA : b\r\n\r\n", HttpFault.SpaceBeforeColon)]
    [InlineData("0\r\n folded\r\n\r\n", HttpFault.ObsoleteFold)]
    [InlineData("0\r\nA: b\0\r\n\r\n", HttpFault.FieldValueInvalid)]
    [InlineData("0\r\nGET / HTTP/1.1\r\n\r\n", HttpFault.FieldWithoutColon)]
    public void Malformed_chunks_are_refused_however_they_are_split(string input, HttpFault fault)
    {
        var bytes = Encoding.Latin1.GetBytes(input);
        foreach (var split in BodyRunner.Splits(bytes.Length))
        {
            var transfer = BodyRunner.Run(bytes, BodyFraming.Chunked, false, long.MaxValue, split, out _, out _);
            Assert.False(transfer.IsComplete);
            Assert.Equal(fault, transfer.Fault);
        }
    }

    [Fact]
    public void Extensions_trailers_and_bodies_have_limits()
    {
        Assert.Equal(HttpFault.None, FaultOf("1;" + new string('a', 256) + "\r\nb\r\n0\r\n\r\n"));
        Assert.Equal(HttpFault.ChunkExtensionTooLong, FaultOf("1;" + new string('a', 257) + "\r\nb\r\n0\r\n\r\n"));
        Assert.Equal(HttpFault.None, FaultOf("0\r\nA: " + new string('a', 8000) + "\r\n\r\n"));
        Assert.Equal(HttpFault.TrailersTooLarge, FaultOf("0\r\nA: " + new string('a', 8192) + "\r\n\r\n"));
        Assert.Equal(HttpFault.None, FaultOf("0\r\n" + string.Concat(Enumerable.Repeat("A:b\r\n", 64)) + "\r\n"));
        Assert.Equal(HttpFault.TooManyFields, FaultOf("0\r\n" + string.Concat(Enumerable.Repeat("A:b\r\n", 65)) + "\r\n"));
        Assert.Equal(HttpFault.None, FaultOf("5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n", 10));
        Assert.Equal(HttpFault.BodyTooLarge, FaultOf("5\r\nhello\r\n6\r\nhello!\r\n0\r\n\r\n", 10));
        Assert.Equal(HttpFault.BodyTooLarge, FaultOf("7fffffffffffffff\r\n", 10));
    }

    [Fact]
    public void Chunks_of_random_sizes_come_through_bit_for_bit_in_random_parts()
    {
        var random = new Random(20251);
        for (var round = 0; round < 300; round++)
        {
            var content = new byte[random.Next(0, 5000)];
            random.NextBytes(content);
            var input = Chunk(content, random);
            BodyRunner.Run(input, BodyFraming.Chunked, true, 10_000, _ => random.Next(1, 700), out var decoded, out _);
            Assert.Equal(Encoding.Latin1.GetString(content), decoded);
            BodyRunner.Run(input, BodyFraming.Chunked, false, 10_000, _ => random.Next(1, 40), out var rewritten, out _);
            BodyRunner.Run(Encoding.Latin1.GetBytes(rewritten), BodyFraming.Chunked, true, 10_000, _ => 100, out var again, out _);
            Assert.Equal(decoded, again);
        }
    }

    private static byte[] Chunk(byte[] content, Random random)
    {
        using var stream = new MemoryStream();
        for (var position = 0; position < content.Length;)
        {
            var size = random.Next(1, Math.Min(900, content.Length - position) + 1);
            stream.Write(Encoding.Latin1.GetBytes(size.ToString(random.Next(2) == 0 ? "X" : "x6") + (random.Next(3) == 0 ? ";a=b" : "") + "\r\n"));
            stream.Write(content, position, size);
            stream.Write("\r\n"u8);
            position += size;
        }

        stream.Write("0\r\n\r\n"u8);
        return stream.ToArray();
    }

    private static HttpFault FaultOf(string input, long limit = 1000)
        => BodyRunner.Run(Encoding.Latin1.GetBytes(input), BodyFraming.Chunked, false, limit, _ => 50, out _, out _).Fault;
}
