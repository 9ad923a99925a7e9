using System.Runtime.Versioning;
using System.Text;
using EvenKeel.Gateway.Tests.Strictness;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Heads;
using EvenKeel.Http.Tests.Heads;

namespace EvenKeel.Http.Tests.Fuzzing;

[SupportedOSPlatform("linux")]
internal sealed class HttpResponseTarget() : HttpTarget("http-responses")
{
    private readonly ResponseHead _first = new();
    private readonly ResponseHead _second = new();

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. ResponseCases.All.SelectMany(one => new[] { one.TwinBytes, one.RefusedBytes }).Where(bytes => bytes.Length < 300)
            .Select(head => (byte[])[.. head, .. "2;a=b\r\nhi\r\n0\r\nX-Sum: 1\r\n\r\n"u8]),
        "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n"u8.ToArray(),
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"a\"\r\n\r\n"u8.ToArray(),
        "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"u8.ToArray(),
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"u8.ToArray(),
    ];

    public override string Run(byte[] input, Random random)
    {
        var status = ParseTwice(input, _first, _second, random);
        if (status != HeadStatus.Complete)
        {
            return $"{status} {_first.Fault}";
        }

        foreach (var method in new[] { KnownMethod.Get, KnownMethod.Head })
        {
            var framing = _first.FramingFor(method);
            var forwarded = Written(output => ResponseSerializer.Write(
                _first, Memory.Place(input), new ForwardedResponse { Instance = "web-1"u8, Framing = framing }, output));
            _second.Reset();
            Assert.Equal(HeadStatus.Complete, _second.Parse(Memory.Place(forwarded), Limits with { Bytes = 32 * 1024, Fields = 100 }));
            Assert.Equal((forwarded.Length, _first.Status), (_second.Length, _second.Status));
            Assert.Equal(framing, _second.FramingFor(method));

            var (sent, content) = PassBody(input[_first.Length..], framing, random);
            if (sent.IsComplete && method == KnownMethod.Get)
            {
                var judged = StrictJudge.TakeResponse(Encoding.Latin1.GetString(forwarded) + sent.Output, out var rest);
                Assert.Equal((content, ""), (judged?.Body, rest));
            }
        }

        var body = PassBody(input[_first.Length..], _first.FramingFor(KnownMethod.Get), random).Sent;
        return $"{status} {_first.Status / 100}xx {_first.FramingFor(KnownMethod.Get).Kind} {body.State}";
    }
}
