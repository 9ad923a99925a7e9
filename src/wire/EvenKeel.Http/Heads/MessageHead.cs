using EvenKeel.Http.Faults;
using EvenKeel.Http.Fields;

namespace EvenKeel.Http.Heads;

/// <summary>
/// The head of a message (RFC 9112 section 2.1), parsed line by line into positions. The bytes stay with the caller: every member that
/// shows some of them takes them again, and they have to be the ones that were parsed. One object serves any number of messages.
/// </summary>
/// <remarks>
/// Each line is judged as soon as its end has arrived, so that how the bytes were split never changes the outcome. Nothing is scanned
/// twice when more bytes are appended and <see cref="Parse"/> is called again.
/// </remarks>
public abstract class MessageHead
{
    private readonly FieldTable _fields = new();
    private ConnectionOptions _connection;
    private FramingFields _framing = FramingFields.Unseen;
    private int _lineStart;
    private int _scanned;
    private bool _hasStartLine;

    private protected MessageHead()
    {
    }

    /// <summary>What is wrong after <see cref="HeadStatus.Invalid"/>.</summary>
    public HttpFault Fault { get; private set; }

    /// <summary>Bytes of the complete head, its final empty line included; the body starts there.</summary>
    public int Length { get; private set; }

    /// <summary>The fields in their order.</summary>
    public ReadOnlySpan<FieldLine> Fields => _fields.Lines;

    /// <summary>True for a message of HTTP/1.0.</summary>
    public bool IsHttp10 { get; private protected set; }

    /// <summary>The Content-Length, or -1 without one.</summary>
    public long ContentLength => _framing.ContentLength;

    /// <summary>True when the body comes in chunks.</summary>
    public bool IsChunked => _framing.Chunked;

    /// <summary>True when the sender keeps the connection open after this message (RFC 9112 section 9.3).</summary>
    public bool KeepsAlive => !_connection.Close && (!IsHttp10 || _connection.KeepAlive);

    /// <summary>True when Connection has the option <c>upgrade</c>; an Upgrade field without it means nothing.</summary>
    public bool HasUpgradeOption => _connection.Upgrade;

    /// <summary>True when the sender takes trailer fields (<c>TE: trailers</c>).</summary>
    public bool TakesTrailers { get; private set; }

    /// <summary>True when Connection names fields that are of this hop only.</summary>
    internal bool HasNominations => _connection.Nominates;

    /// <summary>Forgets the message, for the next one.</summary>
    public void Reset()
    {
        _fields.Clear();
        _connection = default;
        _framing = FramingFields.Unseen;
        _lineStart = 0;
        _scanned = 0;
        _hasStartLine = false;
        Fault = HttpFault.None;
        Length = 0;
        IsHttp10 = false;
        TakesTrailers = false;
        ResetStartLine();
    }

    /// <summary>
    /// Goes on parsing. After <see cref="HeadStatus.Incomplete"/> it is called again with the same bytes and more behind them; after
    /// another outcome, or when the bytes start elsewhere, <see cref="Reset"/> comes first.
    /// </summary>
    /// <param name="bytes">What has arrived, starting with the first byte of the message.</param>
    /// <param name="limits">What the head may be at most.</param>
    public HeadStatus Parse(ReadOnlySpan<byte> bytes, HeadLimits limits)
    {
        if (_lineStart == 0 && !bytes.IsEmpty && JudgeFirstByte(bytes[0]) is not HttpFault.None and var first)
        {
            return Refuse(first);
        }

        while (true)
        {
            var newline = bytes[_scanned..].IndexOf((byte)'\n');
            var end = _scanned + newline;
            if (newline < 0 ? bytes.Length >= limits.Bytes : end >= limits.Bytes)
            {
                return Refuse(_hasStartLine ? HttpFault.HeadTooLarge : HttpFault.StartLineTooLong);
            }

            if (newline < 0)
            {
                _scanned = bytes.Length;
                return HeadStatus.Incomplete;
            }

            if (end == _lineStart || bytes[end - 1] != '\r')
            {
                return Refuse(HttpFault.BareLineFeed);
            }

            var start = _lineStart;
            _lineStart = _scanned = end + 1;
            if (end - 1 == start && _hasStartLine)
            {
                return Finish(bytes);
            }

            var fault = _hasStartLine ? AddField(bytes, start, end - 1, limits.Fields) : AddStartLine(bytes, start, end - 1);
            if (fault != HttpFault.None)
            {
                return Refuse(fault);
            }
        }
    }

    /// <summary>Finds the first field of a kind.</summary>
    /// <returns>True when there is one.</returns>
    public bool TryFind(KnownField known, out FieldLine line)
    {
        foreach (ref readonly var candidate in _fields.Lines)
        {
            if (candidate.Known == known)
            {
                line = candidate;
                return true;
            }
        }

        line = default;
        return false;
    }

    private protected virtual HttpFault JudgeFirstByte(byte value) => HttpFault.None;

    private protected abstract void ResetStartLine();

    private protected abstract HttpFault ReadStartLine(ReadOnlySpan<byte> bytes, int start, int end);

    private protected virtual HttpFault JudgeField(ReadOnlySpan<byte> bytes, FieldLine line) => HttpFault.None;

    private protected virtual HttpFault JudgeHead() => HttpFault.None;

    private protected static HttpFault ReadVersion(ReadOnlySpan<byte> version, out bool isHttp10)
    {
        isHttp10 = false;
        if (version.SequenceEqual("HTTP/1.1"u8))
        {
            return HttpFault.None;
        }

        isHttp10 = version.SequenceEqual("HTTP/1.0"u8);
        if (isHttp10)
        {
            return HttpFault.None;
        }

        var wellFormed = version.Length == 8 && version.StartsWith("HTTP/"u8) && version[6] == '.'
            && char.IsAsciiDigit((char)version[5]) && char.IsAsciiDigit((char)version[7]);
        return wellFormed ? HttpFault.VersionNotSupported : HttpFault.VersionInvalid;
    }

    private HttpFault AddStartLine(ReadOnlySpan<byte> bytes, int start, int end)
    {
        // One empty line in front is skipped: old clients send one behind a body (RFC 9112 section 2.2).
        if (end == start)
        {
            return start == 0 ? HttpFault.None : HttpFault.StartLineMalformed;
        }

        if (bytes[start..end].Contains((byte)'\r'))
        {
            return HttpFault.BareCarriageReturn;
        }

        _hasStartLine = true;
        return ReadStartLine(bytes, start, end);
    }

    private HttpFault AddField(ReadOnlySpan<byte> bytes, int start, int end, int limit)
    {
        var fault = _fields.Add(bytes, start, end, limit);
        if (fault != HttpFault.None)
        {
            return fault;
        }

        ref readonly var line = ref _fields.Lines[^1];
        switch (line.Known)
        {
            case KnownField.Other:
                return HttpFault.None;
            case KnownField.Connection:
                return _connection.Add(line.Value(bytes));
            case KnownField.ContentLength:
                return _framing.AddContentLength(line.Value(bytes));
            case KnownField.TransferEncoding:
                return _framing.AddTransferEncoding(line.Value(bytes));
            case KnownField.Te:
                TakesTrailers |= NamesTrailers(line.Value(bytes));
                return HttpFault.None;
            default:
                return JudgeField(bytes, line);
        }
    }

    private static bool NamesTrailers(ReadOnlySpan<byte> list)
    {
        while (Grammar.NextElement(ref list, out var coding))
        {
            if (Grammar.Same(coding, "trailers"u8))
            {
                return true;
            }
        }

        return false;
    }

    private HeadStatus Finish(ReadOnlySpan<byte> bytes)
    {
        var fault = _framing.Judge(IsHttp10);
        fault = fault == HttpFault.None ? JudgeHead() : fault;
        if (fault != HttpFault.None)
        {
            return Refuse(fault);
        }

        Length = _scanned;
        return HeadStatus.Complete;
    }

    private HeadStatus Refuse(HttpFault fault)
    {
        Fault = fault;
        return HeadStatus.Invalid;
    }
}
