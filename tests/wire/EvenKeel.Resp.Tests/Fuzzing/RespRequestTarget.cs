using System.Runtime.Versioning;
using EvenKeel.Fuzzing;
using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Requests;
using EvenKeel.Resp.Tests.Golden;

namespace EvenKeel.Resp.Tests.Fuzzing;

/// <summary>Requests, pipelined and typed: cuts change nothing, and what was read is the same request when it is written anew.</summary>
[SupportedOSPlatform("linux")]
internal sealed class RespRequestTarget() : FuzzTarget("resp-requests")
{
    private static readonly RespLimits Limits = RespLimits.Default with { LineBytes = 1024, Elements = 1024 };
    private readonly RespWriter _writer = new();

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. Recording.All.Select(recording => recording.Request).Where(request => request.Length < 1000),
        "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\n\r\n\r\n\r\nPING \"a b\"\r\n*0\r\n\r\n*1\r\n$0\r\n\r\n"u8.ToArray(),
        "set k 'it\\'s' \"\\x41\\n\"\r\n"u8.ToArray(),
    ];

    public override byte[] Spice { get; } = "\r\n*$-0123456789 '\"\\xaA\0"u8.ToArray();

    public override string Run(byte[] input, Random random)
    {
        var (requests, error) = Read([Range.All], input);
        var (again, sameError) = Read(Parts(input.Length, random), input);
        Assert.Equal(requests, again);
        Assert.Equal(error, sameError);

        byte[] written = _writer.Written.ToArray();
        var (rewritten, none) = Read(Parts(written.Length, random), written);
        Assert.Equal(requests, rewritten);
        Assert.Null(none);
        string outcome = error is null ? requests.Count == 0 ? "Incomplete" : "Complete" : "Invalid " + error;
        return outcome.Split(", got")[0];
    }

    private (List<string> Requests, string? Error) Read(IEnumerable<Range> parts, byte[] input)
    {
        var parser = new RequestParser(Limits);
        var requests = new List<string>();
        _writer.Clear();
        foreach (Range part in parts)
        {
            ReadOnlySpan<byte> rest = Memory.Place(input.AsSpan(part));
            while (parser.Read(rest, out int consumed) == RequestStatus.Complete)
            {
                rest = rest[consumed..];
                Keep(parser.Arguments, requests);
            }
        }

        return (requests, parser.Error);
    }

    private void Keep(RequestArguments arguments, List<string> requests)
    {
        var words = new string[arguments.Count];
        _writer.WriteArrayHeader(arguments.Count);
        for (int i = 0; i < arguments.Count; i++)
        {
            words[i] = Convert.ToHexString(arguments[i]);
            _writer.WriteBulk(arguments[i]);
        }

        requests.Add(string.Join(' ', words));
    }
}
