using EvenKeel.Resp.Frames;

namespace EvenKeel.Resp.Requests;

/// <summary>
/// Reads requests from a byte stream that arrives in any pieces: arrays of bulk strings (RESP, "Sending commands to a Redis server") and
/// inline requests. Errors carry the words of Redis, so that a client's diagnosis fits both. Unlike Redis it does not skip the two bytes
/// after a bulk string unseen: bytes that are not CRLF there mean that the sender has lost its place, and are refused.
/// </summary>
public sealed class RequestParser
{
    private readonly RespLimits _limits;
    private readonly LineReader _lines;
    private State _state = State.Start;
    private int _argumentsLeft;
    private int _bytesLeft;

    /// <summary>Begins at the start of a stream.</summary>
    public RequestParser(RespLimits limits)
    {
        _limits = limits;
        _lines = new LineReader(limits.LineBytes);
    }

    private enum State
    {
        Start,
        Inline,
        ArrayLength,
        BulkLength,
        BulkBody,
        BulkCarriageReturn,
        BulkLineFeed,
        Complete,
        Invalid,
    }

    /// <summary>The request, after <see cref="RequestStatus.Complete"/> and until the next <see cref="Read"/>.</summary>
    public RequestArguments Arguments { get; } = new();

    /// <summary>
    /// After <see cref="RequestStatus.Invalid"/>: the error to answer before closing, such as <c>ERR Protocol error: invalid bulk
    /// length</c>.
    /// </summary>
    public string? Error { get; private set; }

    /// <summary>Reads on.</summary>
    /// <param name="input">The bytes that follow those consumed before.</param>
    /// <param name="consumed">How many of them are used up; all of them unless the status is <see cref="RequestStatus.Complete"/>.</param>
    public RequestStatus Read(ReadOnlySpan<byte> input, out int consumed)
    {
        if (_state == State.Complete)
        {
            _state = State.Start;
        }

        ReadOnlySpan<byte> rest = input;
        while (_state is not (State.Complete or State.Invalid) && Step(ref rest))
        {
        }

        consumed = _state == State.Invalid ? input.Length : input.Length - rest.Length;
        return _state switch
        {
            State.Complete => RequestStatus.Complete,
            State.Invalid => RequestStatus.Invalid,
            _ => RequestStatus.Incomplete,
        };
    }

    /// <summary>One transition.</summary>
    /// <returns>False when it needs bytes that are not there yet.</returns>
    private bool Step(ref ReadOnlySpan<byte> input) => _state switch
    {
        State.Start => Start(input),
        State.Inline => ReadInline(ref input),
        State.ArrayLength => ReadArrayLength(ref input),
        State.BulkLength => ReadBulkLength(ref input),
        State.BulkBody => ReadBulkBody(ref input),
        State.BulkCarriageReturn => ReadBreak(ref input, (byte)'\r', State.BulkLineFeed),
        _ => ReadBreak(ref input, (byte)'\n', _argumentsLeft == 0 ? State.Complete : State.BulkLength),
    };

    private bool Start(ReadOnlySpan<byte> input)
    {
        if (input.IsEmpty)
        {
            return false;
        }

        Arguments.Clear();
        _state = input[0] == '*' ? State.ArrayLength : State.Inline;
        return true;
    }

    private bool ReadInline(ref ReadOnlySpan<byte> input)
    {
        switch (_lines.Take(ref input, out ReadOnlySpan<byte> line))
        {
            case LineReader.Outcome.Incomplete:
                return false;
            case LineReader.Outcome.TooLong:
                return Refuse("too big inline request");
        }

        line = line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
        if (!InlineRequest.TrySplit(line, Arguments))
        {
            return Refuse("unbalanced quotes in request");
        }

        // An empty line is no request: nothing answers it.
        _state = Arguments.Count == 0 ? State.Start : State.Complete;
        return true;
    }

    private bool ReadArrayLength(ref ReadOnlySpan<byte> input)
    {
        switch (_lines.Take(ref input, out ReadOnlySpan<byte> line))
        {
            case LineReader.Outcome.Incomplete:
                return false;
            case LineReader.Outcome.TooLong:
                return Refuse("too big mbulk count string");
        }

        if (!TryLength(line, out long count) || count > _limits.Elements)
        {
            return Refuse("invalid multibulk length");
        }

        // A length of zero or below is no request: nothing answers it.
        _argumentsLeft = (int)Math.Max(0, count);
        _state = count <= 0 ? State.Start : State.BulkLength;
        return true;
    }

    private bool ReadBulkLength(ref ReadOnlySpan<byte> input)
    {
        switch (_lines.Take(ref input, out ReadOnlySpan<byte> line))
        {
            case LineReader.Outcome.Incomplete:
                return false;
            case LineReader.Outcome.TooLong:
                return Refuse("too big bulk count string");
        }

        if (line.IsEmpty || line[0] != '$')
        {
            return Refuse($"expected '$', got '{(line.IsEmpty ? ' ' : (char)line[0])}'");
        }

        if (!TryLength(line, out long length) || length < 0 || length > _limits.BulkBytes)
        {
            return Refuse("invalid bulk length");
        }

        if (Arguments.Length + length > _limits.RequestBytes)
        {
            return Refuse("too big request");
        }

        _bytesLeft = (int)length;
        _state = State.BulkBody;
        return true;
    }

    private bool ReadBulkBody(ref ReadOnlySpan<byte> input)
    {
        int taken = Math.Min(_bytesLeft, input.Length);
        Arguments.Append(input[..taken]);
        input = input[taken..];
        _bytesLeft -= taken;
        if (_bytesLeft > 0)
        {
            return false;
        }

        Arguments.EndArgument();
        _argumentsLeft--;
        _state = State.BulkCarriageReturn;
        return true;
    }

    private bool ReadBreak(ref ReadOnlySpan<byte> input, byte expected, State next)
    {
        if (input.IsEmpty)
        {
            return false;
        }

        if (input[0] != expected)
        {
            return Refuse("expected CRLF after bulk string");
        }

        input = input[1..];
        _state = next;
        return true;
    }

    private static bool TryLength(ReadOnlySpan<byte> line, out long length)
    {
        length = 0;
        return line.Length > 2 && line[^1] == '\r' && RespInteger.TryParse(line[1..^1], out length);
    }

    private bool Refuse(string reason)
    {
        Error = "ERR Protocol error: " + reason;
        _state = State.Invalid;
        return false;
    }
}
