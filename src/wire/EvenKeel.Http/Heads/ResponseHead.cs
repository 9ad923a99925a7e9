using EvenKeel.Http.Bodies;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Fields;

namespace EvenKeel.Http.Heads;

/// <summary>The head of a response (RFC 9112 section 4).</summary>
public sealed class ResponseHead : MessageHead
{
    private int _reasonStart;
    private int _reasonLength;

    /// <summary>The status, 100 to 599.</summary>
    public int Status { get; private set; }

    /// <summary>True for 1xx: another response to the same request follows. 101 is the exception and counts as final.</summary>
    public bool IsInterim => Status is >= 100 and < 200 and not 101;

    /// <summary>The reason, possibly empty.</summary>
    public ReadOnlySpan<byte> Reason(ReadOnlySpan<byte> head) => head.Slice(_reasonStart, _reasonLength);

    /// <summary>How the body ends, given whether the request was HEAD (RFC 9112 section 6.3).</summary>
    public BodyFraming FramingFor(KnownMethod method)
    {
        if (method == KnownMethod.Head || Status is < 200 or 204 or 304)
        {
            return BodyFraming.None;
        }

        if (IsChunked)
        {
            return BodyFraming.Chunked;
        }

        return ContentLength >= 0 ? BodyFraming.OfLength(ContentLength) : BodyFraming.UntilClose;
    }

    private protected override void ResetStartLine() => Status = 0;

    private protected override HttpFault JudgeFirstByte(byte value)
        => value is (byte)'H' or (byte)'\r' ? HttpFault.None : HttpFault.VersionInvalid;

    private protected override HttpFault ReadStartLine(ReadOnlySpan<byte> bytes, int start, int end)
    {
        var line = bytes[start..end];
        if (line.Length < 9 || line[8] != ' ')
        {
            return HttpFault.StartLineMalformed;
        }

        var fault = ReadVersion(line[..8], out var isHttp10);
        if (fault != HttpFault.None)
        {
            return fault;
        }

        var rest = line[9..];
        if (rest.Length < 3 || rest[..3].ContainsAnyExceptInRange((byte)'0', (byte)'9') || rest[0] is < (byte)'1' or > (byte)'5')
        {
            return HttpFault.StatusInvalid;
        }

        // The space behind the status is required even in front of an empty reason; many servers leave both out, which misleads nobody.
        if (rest.Length > 3 && rest[3] != ' ')
        {
            return HttpFault.StatusInvalid;
        }

        IsHttp10 = isHttp10;
        Status = ((rest[0] - '0') * 100) + ((rest[1] - '0') * 10) + (rest[2] - '0');
        _reasonStart = start + Math.Min(line.Length, 13);
        _reasonLength = end - _reasonStart;
        return Reason(bytes).ContainsAny(Grammar.Control) ? HttpFault.FieldValueInvalid : HttpFault.None;
    }
}
