using EvenKeel.Resp.Frames;

namespace EvenKeel.Resp.Replies;

/// <summary>
/// Reads replies from a byte stream that arrives in any pieces, each byte once. The types of RESP3 are refused by name unless they were
/// asked for: a server sends them only after HELLO 3. Attributes of RESP3 are read and dropped; streamed aggregates are refused.
/// </summary>
public sealed class ReplyParser
{
    // Not a kind of value: attributes are dropped.
    private const RespKind Attribute = (RespKind)(-1);

    private readonly RespLimits _limits;
    private readonly bool _resp3;
    private readonly LineReader _lines;
    private readonly Stack<OpenArray> _open = new();
    private byte[]? _bulk;
    private char _bulkType;
    private int _bulkLength;
    private int _bulkFilled;
    private RespValue? _complete;

    /// <summary>Begins at the start of a stream.</summary>
    /// <param name="limits">What is accepted.</param>
    /// <param name="resp3">True after HELLO 3, or where it may be answered: the types of RESP3 are read as well.</param>
    public ReplyParser(RespLimits limits, bool resp3 = false)
    {
        _limits = limits;
        _resp3 = resp3;
        _lines = new LineReader(limits.LineBytes);
    }

    /// <summary>After <see cref="ReplyStatus.Invalid"/>: what is wrong with the stream.</summary>
    public string? Error { get; private set; }

    /// <summary>Reads on until one reply is whole.</summary>
    /// <param name="input">The bytes that follow those consumed before.</param>
    /// <param name="consumed">How many of them are used up.</param>
    /// <param name="value">The reply when the status is <see cref="ReplyStatus.Complete"/>; else null.</param>
    public ReplyStatus Read(ReadOnlySpan<byte> input, out int consumed, out RespValue? value)
    {
        ReadOnlySpan<byte> rest = input;
        while (Error is null && _complete is null && (_bulk is null ? ReadLine(ref rest) : ReadBulk(ref rest)))
        {
        }

        consumed = input.Length - rest.Length;
        value = _complete;
        _complete = null;
        return Error is not null ? ReplyStatus.Invalid : value is null ? ReplyStatus.Incomplete : ReplyStatus.Complete;
    }

    private bool ReadLine(ref ReadOnlySpan<byte> input)
    {
        switch (_lines.Take(ref input, out ReadOnlySpan<byte> line))
        {
            case LineReader.Outcome.Incomplete:
                return false;
            case LineReader.Outcome.TooLong:
                return Refuse($"a line is longer than {_limits.LineBytes} bytes");
        }

        if (line.Length < 2 || line[^1] != '\r')
        {
            return Refuse("a line does not end in CRLF");
        }

        if (line[..^1].Contains((byte)'\r'))
        {
            return Refuse("a line has a CR within");
        }

        ReadOnlySpan<byte> body = line[1..^1];
        switch ((char)line[0])
        {
            case '+':
                return Add(RespValue.SimpleString(body));
            case '-':
                return Add(RespValue.Error(body));
            case ':':
                return RespInteger.TryParse(body, out long number) ? Add(RespValue.Number(number)) : Refuse("':' is not followed by an integer");
            case '$':
                return BeginBulk('$', body);
            case '*':
                return BeginAggregate('*', RespKind.Array, body);
            case '_' or ',' or '#' or '!' or '=' or '(' or '%' or '~' or '|' or '>':
                return _resp3 ? ReadResp3((char)line[0], body) : Refuse($"'{(char)line[0]}' is a type of RESP3, which was not asked for");
            default:
                return Refuse($"0x{line[0]:x2} begins no reply; is the other side a RESP server?");
        }
    }

    private bool ReadResp3(char type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case '_':
                return body.IsEmpty ? Add(RespValue.NullBulk) : Refuse("'_' is followed by something");
            case '#':
                return body is [(byte)'t' or (byte)'f'] ? Add(RespValue.Boolean(body[0] == 't')) : Refuse("'#' is not followed by t or f");
            case ',':
                return Add(RespValue.NumberText(RespKind.Double, body));
            case '(':
                return Add(RespValue.NumberText(RespKind.BigNumber, body));
            case '!' or '=':
                return BeginBulk(type, body);
            default:
                RespKind kind = type switch { '%' => RespKind.Map, '~' => RespKind.Set, '>' => RespKind.Push, _ => Attribute };
                return BeginAggregate(type, kind, body);
        }
    }

    private bool BeginBulk(char type, ReadOnlySpan<byte> text)
    {
        if (!RespInteger.TryParse(text, out long length) || length < -1 || length > _limits.BulkBytes)
        {
            return Refuse($"'{type}' is not followed by -1 or a length of at most {_limits.BulkBytes}");
        }

        if (length == -1)
        {
            return Add(RespValue.NullBulk);
        }

        _bulkType = type;
        _bulkLength = (int)length;
        _bulkFilled = 0;
        _bulk = new byte[Math.Min(_bulkLength + 2, 64 * 1024)];
        return true;
    }

    private bool ReadBulk(ref ReadOnlySpan<byte> input)
    {
        int whole = _bulkLength + 2;
        int taken = Math.Min(whole - _bulkFilled, input.Length);
        if (_bulkFilled + taken > _bulk!.Length)
        {
            int doubled = (int)Math.Min((long)_bulk.Length * 2, whole);
            Array.Resize(ref _bulk, Math.Max(_bulkFilled + taken, doubled));
        }

        input[..taken].CopyTo(_bulk.AsSpan(_bulkFilled));
        input = input[taken..];
        _bulkFilled += taken;
        if (_bulkFilled < whole)
        {
            return false;
        }

        if (!_bulk.AsSpan(_bulkLength, 2).SequenceEqual("\r\n"u8))
        {
            return Refuse("a bulk string does not end in CRLF");
        }

        ReadOnlyMemory<byte> bytes = _bulk.AsMemory(0, _bulkLength);
        _bulk = null;
        return _bulkType switch
        {
            '!' => Add(RespValue.Error(bytes.Span)),
            '=' => bytes.Length >= 4 && bytes.Span[3] == ':' ? Add(RespValue.Bulk(bytes[4..])) : Refuse("'=' is not followed by a format and a colon"),
            _ => Add(RespValue.Bulk(bytes)),
        };
    }

    private bool BeginAggregate(char type, RespKind kind, ReadOnlySpan<byte> text)
    {
        if (!RespInteger.TryParse(text, out long count) || count < -1 || count > _limits.Elements)
        {
            return Refuse($"'{type}' is not followed by -1 or a count of at most {_limits.Elements}");
        }

        count = kind is RespKind.Map or Attribute ? count * 2 : count;
        if (count <= 0)
        {
            return (count == 0 && kind == Attribute) || Add(count == 0 ? RespValue.Aggregate(kind, []) : RespValue.NullArray);
        }

        if (_open.Count == _limits.Depth)
        {
            return Refuse($"arrays are nested deeper than {_limits.Depth}");
        }

        _open.Push(new OpenArray(kind, (int)count, new List<RespValue>((int)Math.Min(count, 1024))));
        return true;
    }

    /// <summary>Puts a finished value into the innermost open array, and closes every array that it fills.</summary>
    private bool Add(RespValue value)
    {
        while (_open.TryPeek(out OpenArray array))
        {
            array.Items.Add(value);
            if (array.Items.Count < array.Count)
            {
                return true;
            }

            _open.Pop();
            if (array.Kind == Attribute)
            {
                return true;
            }

            value = RespValue.Aggregate(array.Kind, array.Items);
        }

        _complete = value;
        return true;
    }

    private bool Refuse(string reason)
    {
        Error = reason;
        return false;
    }

    private readonly record struct OpenArray(RespKind Kind, int Count, List<RespValue> Items);
}
