using System.Runtime.Versioning;
using System.Text;
using EvenKeel.Gateway.Tests.Strictness;
using EvenKeel.Http.Fields;
using EvenKeel.Http.Forwarding;
using EvenKeel.Http.Heads;
using EvenKeel.Http.Tests.Heads;

namespace EvenKeel.Http.Tests.Fuzzing;

[SupportedOSPlatform("linux")]
internal sealed class HttpRequestTarget() : HttpTarget("http-requests")
{
    private readonly RequestHead _first = new();
    private readonly RequestHead _second = new();

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[] { StartLineCases.All, TargetCases.All, HostCases.All, FieldCases.All, FramingCases.All }
            .SelectMany(cases => cases).SelectMany(one => new[] { one.TwinBytes, one.RefusedBytes }).Where(bytes => bytes.Length < 300)
            .Select(head => (byte[])[.. head, .. "5\r\nhello\r\n0\r\n\r\n"u8]),
        HttpSeeds.Browser, HttpSeeds.ChunkedRequest, HttpSeeds.CountedRequest, HttpSeeds.Upgrade,
    ];

    public override string Run(byte[] input, Random random)
    {
        var status = ParseTwice(input, _first, _second, random);
        if (status != HeadStatus.Complete)
        {
            return $"{status} {_first.Fault}";
        }

        // 1. What is sent on, read by the same parser, is the same request.
        var forwarded = Written(output => RequestSerializer.Write(
            _first, Memory.Place(input),
            new ForwardedRequest { ClientAddress = "10.0.0.9"u8, Scheme = "http"u8, DefaultHost = "default"u8, KeepUpgrade = _first.AsksForUpgrade }, output));
        _second.Reset();
        Assert.Equal(HeadStatus.Complete, _second.Parse(Memory.Place(forwarded), Limits with { Bytes = 32 * 1024, Fields = 100 }));
        Assert.Equal(forwarded.Length, _second.Length);
        Assert.Equal((_first.Method, _first.Framing, _first.TakesTrailers), (_second.Method, _second.Framing, _second.TakesTrailers));
        Assert.Equal(_first.MethodName(input), _second.MethodName(forwarded));
        Assert.Equal(_first.Path(input), _second.Path(forwarded));
        var host = _first.Host(input);
        Assert.Equal(host.IsEmpty ? "default"u8 : host, _second.Host(forwarded));
        Assert.Equal(Others(input, _first, received: true), Others(forwarded, _second, received: false));

        // 2. With its body it is exactly one request to a reader that shares nothing with this one.
        var (sent, content) = PassBody(input[_first.Length..], _first.Framing, random);
        if (sent.IsComplete)
        {
            var judged = StrictJudge.TakeRequest(Encoding.Latin1.GetString(forwarded) + sent.Output, out var rest);
            Assert.Equal((content, ""), (judged?.Body, rest));
            Assert.Equal(
                Encoding.Latin1.GetString(_second.MethodName(forwarded)) + " " + Encoding.Latin1.GetString(_second.Target(forwarded)) + " HTTP/1.1",
                judged!.StartLine);
        }

        return $"{status} {_first.Form} {_first.Framing.Kind} {sent.State}";
    }

    private static List<string> Others(byte[] bytes, RequestHead head, bool received)
    {
        var fields = new List<string>();
        foreach (var line in head.Fields)
        {
            var isOfThisHop = received && head.HasNominations && ConnectionOptions.Nominated(bytes, head.Fields, line.Name(bytes));
            if (line.Known == KnownField.Other && !isOfThisHop)
            {
                fields.Add($"{Encoding.Latin1.GetString(line.Name(bytes))}={Encoding.Latin1.GetString(line.Value(bytes))}");
            }
        }

        return fields;
    }
}
