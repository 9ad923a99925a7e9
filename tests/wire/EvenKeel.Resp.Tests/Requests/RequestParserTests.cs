using System.Text;
using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Requests;
using EvenKeel.Resp.Tests.Golden;

namespace EvenKeel.Resp.Tests.Requests;

public class RequestParserTests
{
    [Fact]
    public void A_request_is_the_same_whole_byte_by_byte_and_at_each_split()
    {
        byte[] stream = Bytes("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\n\r\n\r\n\r\nPING \"a b\"\r\n*0\r\n\r\n*1\r\n$0\r\n\r\n");
        string[] expected = ["SET|k|\r\n\r\n", "PING|a b", ""];
        Assert.Equal(expected, Parse([stream]));
        Assert.Equal(expected, Parse(stream.Select(b => new[] { b })));
        for (int split = 0; split <= stream.Length; split++)
        {
            Assert.Equal(expected, Parse([stream[..split], stream[split..]]));
        }
    }

    [Fact]
    public void Redis_refused_exactly_what_this_parser_refuses_and_with_the_same_words()
    {
        foreach (Recording recording in Recording.All.Where(r => r.Closed is not null))
        {
            var parser = new RequestParser(RespLimits.Default);
            RequestStatus status = parser.Read(recording.Request, out _);
            Assert.Equal(recording.Closed, status == RequestStatus.Invalid);
            if (status == RequestStatus.Invalid)
            {
                Assert.Equal(Encoding.UTF8.GetString(recording.Answer), $"-{parser.Error}\r\n");
            }
        }

        Assert.Equal(7, Recording.All.Count(r => r.Closed == true));
    }

    [Fact]
    public void Every_recorded_request_is_read_as_the_bulk_strings_it_holds()
    {
        foreach (Recording recording in Recording.All.Where(r => r.Closed is null))
        {
            var parser = new RequestParser(RespLimits.Default);
            Assert.Equal(RequestStatus.Complete, parser.Read(recording.Request, out int consumed));
            Assert.Equal(recording.Request.Length, consumed);
            var writer = new RespWriter();
            writer.WriteArrayHeader(parser.Arguments.Count);
            for (int i = 0; i < parser.Arguments.Count; i++)
            {
                writer.WriteBulk(parser.Arguments[i]);
            }

            Assert.Equal(recording.Request, writer.Written.ToArray());
        }
    }

    [Theory]
    [InlineData("set k 'it\\'s'", "set|k|it's")]
    [InlineData("set k \"\\x41\\n\\\"\"", "set|k|A\n\"")]
    [InlineData("  get\t k  ", "get|k")]
    [InlineData("get ''", "get|")]
    public void Inline_requests_are_split_as_a_shell_would(string line, string expected) =>
        Assert.Equal([expected], Parse([Bytes(line + "\r\n")]));

    [Theory]
    [InlineData("get \"k", "ERR Protocol error: unbalanced quotes in request")]
    [InlineData("get 'k'x", "ERR Protocol error: unbalanced quotes in request")]
    [InlineData("*+1", "ERR Protocol error: invalid multibulk length")]
    [InlineData("*", "ERR Protocol error: invalid multibulk length")]
    [InlineData("*1\r\n$", "ERR Protocol error: invalid bulk length")]
    [InlineData("*1\r\n$1\r\nabc", "ERR Protocol error: expected CRLF after bulk string")]
    public void What_breaks_the_protocol_is_refused(string request, string error)
    {
        var parser = new RequestParser(RespLimits.Default);
        Assert.Equal(RequestStatus.Invalid, parser.Read(Bytes(request + "\r\n"), out int consumed));
        Assert.Equal(request.Length + 2, consumed);
        Assert.Equal(error, parser.Error);
        Assert.Equal(RequestStatus.Invalid, parser.Read(Bytes("PING\r\n"), out _));
    }

    [Theory]
    [InlineData("*3\r\n", "*4\r\n", "ERR Protocol error: invalid multibulk length")]
    [InlineData("*1\r\n$10\r\n", "*1\r\n$11\r\n", "ERR Protocol error: invalid bulk length")]
    [InlineData("*3\r\n$8\r\n12345678\r\n$8\r\n12345678\r\n$4\r\n", "*3\r\n$8\r\n12345678\r\n$8\r\n12345678\r\n$5\r\n", "ERR Protocol error: too big request")]
    [InlineData("1234567890123456", "12345678901234567", "ERR Protocol error: too big inline request")]
    [InlineData("*000000000000000", "*0000000000000000", "ERR Protocol error: too big mbulk count string")]
    [InlineData("*1\r\n$000000000000000", "*1\r\n$0000000000000000", "ERR Protocol error: too big bulk count string")]
    public void A_limit_holds_to_the_byte(string within, string beyond, string error)
    {
        var limits = new RespLimits { Elements = 3, BulkBytes = 10, RequestBytes = 20, LineBytes = 16 };
        Assert.Equal(RequestStatus.Incomplete, new RequestParser(limits).Read(Bytes(within), out _));
        var parser = new RequestParser(limits);
        Assert.Equal(RequestStatus.Invalid, parser.Read(Bytes(beyond), out _));
        Assert.Equal(error, parser.Error);
    }

    [Fact]
    public void An_announced_length_allocates_nothing_before_its_bytes_arrive()
    {
        var parser = new RequestParser(RespLimits.Default);
        long before = GC.GetAllocatedBytesForCurrentThread();
        parser.Read("*1048576\r\n$536870912\r\nabc"u8, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }

    [Fact]
    public void Random_bytes_are_refused_or_read_but_never_throw()
    {
        var random = new Random(20);
        byte[] alphabet = Bytes("*$\r\n0123-\"'\\xaA ");
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = new byte[random.Next(1, 40)];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = alphabet[random.Next(alphabet.Length)];
            }

            string[] whole = Parse([bytes]);
            Assert.Equal(whole, Parse(bytes.Select(b => new[] { b })));
        }
    }

    private static string[] Parse(IEnumerable<byte[]> pieces)
    {
        var parser = new RequestParser(RespLimits.Default);
        var requests = new List<string>();
        foreach (byte[] piece in pieces)
        {
            ReadOnlySpan<byte> rest = piece;
            while (parser.Read(rest, out int consumed) is var status && status != RequestStatus.Incomplete)
            {
                if (status == RequestStatus.Invalid)
                {
                    requests.Add(parser.Error!);
                    return [.. requests];
                }

                requests.Add(string.Join('|', Enumerable.Range(0, parser.Arguments.Count).Select(i => Encoding.Latin1.GetString(parser.Arguments[i]))));
                rest = rest[consumed..];
            }
        }

        return [.. requests];
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
