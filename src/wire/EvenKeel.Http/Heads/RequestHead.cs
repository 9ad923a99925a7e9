using EvenKeel.Http.Bodies;
using EvenKeel.Http.Faults;
using EvenKeel.Http.Fields;

namespace EvenKeel.Http.Heads;

/// <summary>The head of a request (RFC 9112 section 3): everything that is ambiguous is refused rather than repaired.</summary>
public sealed class RequestHead : MessageHead
{
    private const int MaxMethod = 32;

    private FieldLine _hostField;
    private bool _hasHost;
    private int _methodStart;
    private int _methodLength;
    private int _targetStart;
    private RequestTarget _target;

    /// <summary>The method, if it is a known one.</summary>
    public KnownMethod Method { get; private set; }

    /// <summary>The form of the target.</summary>
    public TargetForm Form => _target.Form;

    /// <summary>True when the client waits for 100 (Continue) before it sends the body (RFC 9110 section 10.1.1); never on HTTP/1.0.</summary>
    public bool ExpectsContinue { get; private set; }

    /// <summary>True when the client asks for another protocol on this connection: an Upgrade field and the option that goes with it.</summary>
    public bool AsksForUpgrade => HasUpgradeOption && !IsHttp10 && TryFind(KnownField.Upgrade, out _);

    /// <summary>How the body ends. A request without a framing field has none.</summary>
    public BodyFraming Framing => IsChunked ? BodyFraming.Chunked : BodyFraming.OfLength(Math.Max(0, ContentLength));

    /// <summary>The method's name.</summary>
    public ReadOnlySpan<byte> MethodName(ReadOnlySpan<byte> head) => head.Slice(_methodStart, _methodLength);

    /// <summary>
    /// The path and query in origin-form, <c>*</c> in asterisk-form; an absolute target without a path has <c>/</c>, with OPTIONS <c>*</c>.
    /// The one case that does not stand in the head as it is, a query right behind the authority, comes without its slash:
    /// <see cref="NeedsSlash"/> says so.
    /// </summary>
    public ReadOnlySpan<byte> Target(ReadOnlySpan<byte> head)
    {
        var target = head[_targetStart..][_target.PathAndQuery];
        if (!target.IsEmpty)
        {
            return target;
        }

        return Method == KnownMethod.Options ? "*"u8 : "/"u8;
    }

    /// <summary>True when a slash belongs in front of <see cref="Target"/>: <c>http://host?query</c>.</summary>
    public bool NeedsSlash(ReadOnlySpan<byte> head) => Target(head)[0] == '?';

    /// <summary>The path without the query; <c>*</c> in asterisk-form.</summary>
    public ReadOnlySpan<byte> Path(ReadOnlySpan<byte> head)
    {
        var target = Target(head);
        var query = target.IndexOf((byte)'?');
        return query switch
        {
            0 => "/"u8,
            < 0 => target,
            _ => target[..query],
        };
    }

    /// <summary>The host that the request is for: that of an absolute target, else of the Host field; empty when HTTP/1.0 named none.</summary>
    public ReadOnlySpan<byte> Host(ReadOnlySpan<byte> head)
    {
        if (_target.Form == TargetForm.Absolute)
        {
            return head[_targetStart..][_target.Authority];
        }

        return _hasHost ? _hostField.Value(head) : default;
    }

    private protected override void ResetStartLine()
    {
        _hasHost = false;
        _target = default;
        Method = KnownMethod.Other;
        ExpectsContinue = false;
    }

    // A TLS greeting or other noise on this port is refused at its first byte instead of at a time-out.
    private protected override HttpFault JudgeFirstByte(byte value)
        => Grammar.Token.Contains(value) || value == '\r' ? HttpFault.None : HttpFault.MethodInvalid;

    private protected override HttpFault ReadStartLine(ReadOnlySpan<byte> bytes, int start, int end)
    {
        // 1. The method, up to the first space.
        var line = bytes[start..end];
        var space = line.IndexOf((byte)' ');
        var method = space < 0 ? line : line[..space];
        if (!Grammar.IsToken(method))
        {
            return HttpFault.MethodInvalid;
        }

        if (method.Length > MaxMethod)
        {
            return HttpFault.MethodTooLong;
        }

        // 2. Exactly one more space, behind a target that is not empty.
        var rest = space < 0 ? default : line[(space + 1)..];
        var second = rest.IndexOf((byte)' ');
        if (second <= 0 || rest[(second + 1)..].Contains((byte)' '))
        {
            return HttpFault.StartLineMalformed;
        }

        // 3. The version first: what follows is only meant for the versions that are spoken here.
        var fault = ReadVersion(rest[(second + 1)..], out var isHttp10);
        if (fault != HttpFault.None)
        {
            return fault;
        }

        // 4. The target.
        IsHttp10 = isHttp10;
        Method = KnownMethods.Find(method);
        _methodStart = start;
        _methodLength = method.Length;
        _targetStart = start + space + 1;
        return RequestTarget.Read(rest[..second], Method, out _target);
    }

    private protected override HttpFault JudgeField(ReadOnlySpan<byte> bytes, FieldLine line)
    {
        if (line.Known == KnownField.Expect)
        {
            ExpectsContinue = !IsHttp10 && Grammar.Same(line.Value(bytes), "100-continue"u8);
        }

        if (line.Known != KnownField.Host)
        {
            return HttpFault.None;
        }

        if (_hasHost)
        {
            return HttpFault.HostRepeated;
        }

        _hasHost = true;
        _hostField = line;
        return Authority.IsValid(line.Value(bytes)) ? HttpFault.None : HttpFault.HostInvalid;
    }

    private protected override HttpFault JudgeHead() => _hasHost || IsHttp10 ? HttpFault.None : HttpFault.HostMissing;
}
