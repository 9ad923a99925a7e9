using System.Runtime.Versioning;
using EvenKeel.Fuzzing;
using EvenKeel.Resp.Frames;
using EvenKeel.Resp.Replies;
using EvenKeel.Resp.Tests.Golden;

namespace EvenKeel.Resp.Tests.Fuzzing;

/// <summary>
/// Replies of both versions: cuts change nothing, the newer version takes all that the older one takes, and what was read is the same when it is
/// written anew.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class RespReplyTarget() : FuzzTarget("resp-replies")
{
    private static readonly RespLimits Limits = RespLimits.Default with { LineBytes = 1024, Elements = 1024, Depth = 8 };

    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. Recording.All.Select(recording => recording.Answer).Where(answer => answer.Length is > 0 and < 1000),
        "*7\r\n+OK\r\n-ERR no\r\n:-9223372036854775808\r\n$3\r\na\r\n\r\n$-1\r\n*-1\r\n*2\r\n*0\r\n:1\r\n"u8.ToArray(),
        "%2\r\n+a\r\n,3.5\r\n+b\r\n~2\r\n#t\r\n_\r\n"u8.ToArray(),
        "|1\r\n+ttl\r\n:3\r\n>2\r\n+message\r\n=7\r\ntxt:abc\r\n(12345678901234567890\r\n!5\r\nERR a\r\n"u8.ToArray(),
    ];

    public override byte[] Spice { get; } = "\r\n+-:$*_,#!=(%~|>0123456789tf"u8.ToArray();

    public override string Run(byte[] input, Random random)
    {
        var (values, written, error) = Read([Range.All], input, resp3: true);
        Assert.Equal((values, written, error), Read(Parts(input.Length, random), input, resp3: true));

        var (older, olderWritten, olderError) = Read(Parts(input.Length, random), input, resp3: false);
        Assert.StartsWith(older, values, StringComparison.Ordinal);
        if (olderError is null)
        {
            Assert.Equal((values, written, error), (older, olderWritten, olderError));
            byte[] bytes = Convert.FromHexString(olderWritten);
            Assert.Equal((older, olderWritten, null), Read(Parts(bytes.Length, random), bytes, resp3: false));
        }

        // Which byte begins no reply is not another outcome.
        error = error?.EndsWith("begins no reply; is the other side a RESP server?", StringComparison.Ordinal) == true ? "no reply" : error;
        return error is not null ? "Invalid " + error : values.Length == 0 ? "Incomplete" : olderError is null ? "Complete" : "Complete in RESP3";
    }

    private (string Values, string Written, string? Error) Read(IEnumerable<Range> parts, byte[] input, bool resp3)
    {
        var parser = new ReplyParser(Limits, resp3);
        var writer = new RespWriter();
        var values = new List<string>();
        foreach (Range part in parts)
        {
            ReadOnlySpan<byte> rest = Memory.Place(input.AsSpan(part));
            while (parser.Read(rest, out int consumed, out RespValue? value) == ReplyStatus.Complete)
            {
                rest = rest[consumed..];
                values.Add($"{value!.Kind} {value}\n");
                value.WriteTo(writer);
            }
        }

        return (string.Concat(values), Convert.ToHexString(writer.Written), parser.Error);
    }
}
