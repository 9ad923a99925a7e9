using EvenKeel.Http.Faults;

namespace EvenKeel.Gateway.Tests.Strictness;

/// <summary>The judge must find by itself what the gateway refuses; else its silence about what is forwarded would mean nothing.</summary>
public sealed class StrictJudgeTests
{
    private const string Chunked = "POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    // Well-formed, but more or other than the gateway takes on: limits and what it does not support.
    private static readonly HashSet<HttpFault> Policies =
    [
        HttpFault.TooManyFields, HttpFault.HeadTooLarge, HttpFault.StartLineTooLong, HttpFault.MethodTooLong, HttpFault.TooManyConnectionOptions,
    ];

    public static TheoryData<string> Requests => [.. Cases.Requests.Where(one => !Policies.Contains(one.Value.Fault)).Select(one => one.Key)];

    public static TheoryData<string> Responses => [.. Cases.Responses.Where(one => !Policies.Contains(one.Value.Fault)).Select(one => one.Key)];

    [Theory]
    [MemberData(nameof(Requests))]
    public void It_rejects_every_malformed_request(string name)
        => Assert.Throws<MalformedMessageException>(() => StrictJudge.TakeRequest(Cases.Requests[name].Refused + "xxxx", out _));

    [Theory]
    [MemberData(nameof(Responses))]
    public void It_rejects_every_malformed_response(string name)
        => Assert.Throws<MalformedMessageException>(() => StrictJudge.TakeResponse(Cases.Responses[name].Refused + "xxxx", out _));

    [Theory]
    [InlineData("1\r\nXY\r\n0\r\n\r\n")]
    [InlineData("1 \r\nX\r\n0\r\n\r\n")]
    [InlineData("1;a\r\nX\r\n0\r\n\r\n")]
    [InlineData("x\r\nX\r\n0\r\n\r\n")]
    [InlineData("1\r\nX\r\n0\r\nA : b\r\n\r\n")]
    public void It_rejects_chunks_that_the_gateway_never_writes(string chunks)
        => Assert.Throws<MalformedMessageException>(() => StrictJudge.TakeRequest(Chunked + chunks, out _));

    [Fact]
    public void It_tells_one_message_from_the_next()
    {
        var first = StrictJudge.TakeRequest(Chunked + "2\r\nhi\r\n0\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n", out var rest);
        Assert.Equal("hi", first!.Body);
        Assert.Equal("GET /2 HTTP/1.1", StrictJudge.TakeRequest(rest, out rest)!.StartLine);
        Assert.Equal("", rest);
    }
}
