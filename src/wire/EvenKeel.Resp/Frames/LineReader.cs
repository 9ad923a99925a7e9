namespace EvenKeel.Resp.Frames;

/// <summary>Takes lines from a stream that arrives in pieces. A line that lies whole in one piece is not copied.</summary>
internal sealed class LineReader(int limit)
{
    private byte[] _partial = [];
    private int _length;

    /// <summary>What <see cref="Take"/> found.</summary>
    internal enum Outcome
    {
        /// <summary>The line goes on in the next piece.</summary>
        Incomplete,

        /// <summary>A line, without its line feed.</summary>
        Line,

        /// <summary>Longer than the limit.</summary>
        TooLong,
    }

    /// <summary>Takes one line off the front of <paramref name="input"/>. The line is valid until the next call.</summary>
    public Outcome Take(ref ReadOnlySpan<byte> input, out ReadOnlySpan<byte> line)
    {
        line = default;
        int end = input.IndexOf((byte)'\n');
        int taken = end < 0 ? input.Length : end;
        if ((long)_length + taken > limit)
        {
            return Outcome.TooLong;
        }

        if (end >= 0 && _length == 0)
        {
            line = input[..end];
            input = input[(end + 1)..];
            return Outcome.Line;
        }

        Keep(input[..taken]);
        if (end < 0)
        {
            input = default;
            return Outcome.Incomplete;
        }

        input = input[(end + 1)..];
        line = _partial.AsSpan(0, _length);
        _length = 0;
        return Outcome.Line;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _partial.Length)
        {
            Array.Resize(ref _partial, Math.Max(_length + bytes.Length, Math.Max(64, _partial.Length * 2)));
        }

        bytes.CopyTo(_partial.AsSpan(_length));
        _length += bytes.Length;
    }
}
