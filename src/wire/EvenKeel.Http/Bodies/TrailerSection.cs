using EvenKeel.Http.Faults;
using EvenKeel.Http.Fields;
using EvenKeel.Http.Forwarding;

namespace EvenKeel.Http.Bodies;

/// <summary>
/// The fields behind a body in chunks (RFC 9112 section 7.1.2): kept until they are complete, validated like those of a head, and written
/// anew without the ones that have no business there (RFC 9110 section 6.5.1).
/// </summary>
public sealed class TrailerSection
{
    /// <summary>The most bytes of the whole section.</summary>
    public const int MaxBytes = 8 * 1024;

    /// <summary>The most fields.</summary>
    public const int MaxFields = 64;

    private readonly FieldTable _fields = new();
    private byte[] _bytes = [];
    private int _length;
    private int _lineStart;

    /// <summary>The fields as they came, in their order.</summary>
    public ReadOnlySpan<FieldLine> Fields => _fields.Lines;

    /// <summary>The bytes that <see cref="Fields"/> point into.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Writes the fields that may be forwarded, each as a line of its own; no empty line follows.</summary>
    public void WriteTo(ref ByteWriter writer)
    {
        foreach (ref readonly var line in _fields.Lines)
        {
            if (!KnownFields.IsForbiddenInTrailers(line.Known))
            {
                writer.WriteField(line.Name(_bytes), line.Value(_bytes));
            }
        }
    }

    internal void Reset()
    {
        _fields.Clear();
        _length = 0;
        _lineStart = 0;
    }

    internal HttpFault Read(ReadOnlySpan<byte> input, ref int position, out bool complete)
    {
        complete = false;
        while (position < input.Length && !complete)
        {
            var rest = input[position..];
            var newline = rest.IndexOf((byte)'\n');
            var taken = newline < 0 ? rest.Length : newline + 1;
            if (_length + taken > MaxBytes)
            {
                return HttpFault.TrailersTooLarge;
            }

            // Bodies without trailers, nearly all, need no more than the two bytes of the final line.
            if (_bytes.Length < _length + taken)
            {
                Array.Resize(ref _bytes, _length + taken <= 16 ? 16 : MaxBytes);
            }

            rest[..taken].CopyTo(_bytes.AsSpan(_length));
            _length += taken;
            position += taken;
            if (newline >= 0 && EndLine(out complete) is not HttpFault.None and var fault)
            {
                return fault;
            }
        }

        return HttpFault.None;
    }

    private HttpFault EndLine(out bool complete)
    {
        var start = _lineStart;
        var end = _length - 2;
        complete = false;
        if (end < start || _bytes[end] != '\r')
        {
            return HttpFault.BareLineFeed;
        }

        _lineStart = _length;
        complete = end == start;
        return complete ? HttpFault.None : _fields.Add(_bytes.AsSpan(0, _length), start, end, MaxFields);
    }
}
