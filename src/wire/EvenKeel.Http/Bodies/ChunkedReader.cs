using EvenKeel.Http.Faults;

namespace EvenKeel.Http.Bodies;

/// <summary>
/// Reads a body in chunks (RFC 9112 section 7.1) from any split of its bytes. Strict: sizes are 1 to 16 hexadecimal digits within 63 bits,
/// line ends are CR LF, and nothing stands between a size and its extension. Extensions are skipped up to a bound. One object serves any
/// number of bodies.
/// </summary>
public sealed class ChunkedReader
{
    /// <summary>The most bytes of extensions in one chunk line.</summary>
    public const int MaxExtension = 256;

    private const int MaxDigits = 16;

    private readonly TrailerSection _trailers = new();
    private State _state;
    private int _digits;
    private int _extension;
    private long _left;

    private enum State
    {
        Size,
        Extension,
        SizeLineFeed,
        Data,
        DataReturn,
        DataLineFeed,
        Trailers,
        Done,
        Invalid,
    }

    /// <summary>The size of the chunk that began last.</summary>
    public long ChunkSize { get; private set; }

    /// <summary>What is wrong after <see cref="ChunkedEvent.Invalid"/>.</summary>
    public HttpFault Fault { get; private set; }

    /// <summary>The trailer fields, known once the body is <see cref="ChunkedEvent.Done"/>.</summary>
    public TrailerSection Trailers => _trailers;

    /// <summary>Forgets the body, for the next one.</summary>
    public void Reset()
    {
        _trailers.Reset();
        _state = State.Size;
        _digits = 0;
        _extension = 0;
        _left = 0;
        ChunkSize = 0;
        Fault = HttpFault.None;
    }

    /// <summary>Reads up to the next event.</summary>
    /// <param name="input">Some bytes of the body.</param>
    /// <param name="position">Where to go on in them; set behind what was read.</param>
    /// <param name="data">With <see cref="ChunkedEvent.Data"/>: how many bytes in front of <paramref name="position"/> are data.</param>
    public ChunkedEvent Read(ReadOnlySpan<byte> input, ref int position, out int data)
    {
        data = 0;
        while (true)
        {
            if (_state == State.Done)
            {
                return ChunkedEvent.Done;
            }

            if (_state == State.Invalid)
            {
                return ChunkedEvent.Invalid;
            }

            if (position == input.Length)
            {
                return ChunkedEvent.NeedMore;
            }

            switch (_state)
            {
                case State.Data:
                    data = (int)Math.Min(_left, input.Length - position);
                    position += data;
                    _left -= data;
                    _state = _left == 0 ? State.DataReturn : State.Data;
                    return ChunkedEvent.Data;
                case State.Trailers:
                    ReadTrailers(input, ref position);
                    break;
                default:
                    if (Step(input[position++]) is { } step)
                    {
                        return step;
                    }

                    break;
            }
        }
    }

    private ChunkedEvent? Step(byte value)
    {
        switch (_state)
        {
            case State.Size when value == '\r' && _digits > 0:
            case State.Extension when value == '\r':
                _state = State.SizeLineFeed;
                return null;
            case State.Size when value == ';' && _digits > 0:
                _state = State.Extension;
                return null;
            case State.Size:
                return AddDigit(value);
            case State.Extension when value is < 0x20 and not (byte)'\t' or 0x7f:
                return Refuse(HttpFault.ChunkExtensionInvalid);
            case State.Extension:
                return ++_extension > MaxExtension ? Refuse(HttpFault.ChunkExtensionTooLong) : null;
            case State.SizeLineFeed:
                return value == '\n' ? BeginChunk() : Refuse(HttpFault.BareCarriageReturn);
            case State.DataReturn when value == '\r':
                _state = State.DataLineFeed;
                return null;
            case State.DataLineFeed when value == '\n':
                _state = State.Size;
                return ChunkedEvent.ChunkEnd;
            default:
                return Refuse(HttpFault.ChunkEndMissing);
        }
    }

    private ChunkedEvent? AddDigit(byte value)
    {
        var digit = value switch
        {
            >= (byte)'0' and <= (byte)'9' => value - '0',
            >= (byte)'a' and <= (byte)'f' => value - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => value - 'A' + 10,
            _ => -1,
        };
        if (digit < 0 || ++_digits > MaxDigits || _left > long.MaxValue >> 4)
        {
            return Refuse(HttpFault.ChunkSizeInvalid);
        }

        _left = (_left << 4) | (long)digit;
        return null;
    }

    private ChunkedEvent? BeginChunk()
    {
        ChunkSize = _left;
        _digits = 0;
        _extension = 0;
        _state = _left == 0 ? State.Trailers : State.Data;
        return _left == 0 ? null : ChunkedEvent.Chunk;
    }

    private void ReadTrailers(ReadOnlySpan<byte> input, ref int position)
    {
        var fault = _trailers.Read(input, ref position, out var complete);
        if (fault != HttpFault.None)
        {
            Refuse(fault);
        }
        else if (complete)
        {
            _state = State.Done;
        }
    }

    private ChunkedEvent? Refuse(HttpFault fault)
    {
        Fault = fault;
        _state = State.Invalid;
        return ChunkedEvent.Invalid;
    }
}
