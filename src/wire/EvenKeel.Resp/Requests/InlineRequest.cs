namespace EvenKeel.Resp.Requests;

/// <summary>
/// Splits a request that a person typed, as telnet sends it: words between blanks, <c>"..."</c> with the escapes \n \r \t \b \a \xHH,
/// <c>'...'</c> with \'. A closing quote must be followed by a blank or the end.
/// </summary>
internal static class InlineRequest
{
    /// <summary>Appends the words of a line.</summary>
    /// <returns>False when a quote is not closed, or is closed in the middle of a word.</returns>
    public static bool TrySplit(ReadOnlySpan<byte> line, RequestArguments arguments)
    {
        while (true)
        {
            while (line.Length > 0 && IsBlank(line[0]))
            {
                line = line[1..];
            }

            if (line.IsEmpty)
            {
                return true;
            }

            while (line.Length > 0 && !IsBlank(line[0]))
            {
                bool ok = line[0] switch
                {
                    (byte)'"' => TryDoubleQuoted(ref line, arguments),
                    (byte)'\'' => TrySingleQuoted(ref line, arguments),
                    _ => TryPlain(ref line, arguments),
                };
                if (!ok)
                {
                    return false;
                }
            }

            arguments.EndArgument();
        }
    }

    private static bool TryPlain(ref ReadOnlySpan<byte> line, RequestArguments arguments)
    {
        arguments.Append(line[..1]);
        line = line[1..];
        return true;
    }

    private static bool TryDoubleQuoted(ref ReadOnlySpan<byte> line, RequestArguments arguments)
    {
        int at = 1;
        while (at < line.Length)
        {
            byte here = line[at];
            if (here == '"')
            {
                return TryCloseQuote(ref line, at);
            }

            if (here == '\\' && at + 3 < line.Length && line[at + 1] == 'x' && char.IsAsciiHexDigit((char)line[at + 2])
                && char.IsAsciiHexDigit((char)line[at + 3]))
            {
                arguments.Append([(byte)((Hex(line[at + 2]) << 4) | Hex(line[at + 3]))]);
                at += 4;
            }
            else if (here == '\\' && at + 1 < line.Length)
            {
                arguments.Append([Unescape(line[at + 1])]);
                at += 2;
            }
            else
            {
                arguments.Append([here]);
                at++;
            }
        }

        return false;
    }

    private static bool TrySingleQuoted(ref ReadOnlySpan<byte> line, RequestArguments arguments)
    {
        int at = 1;
        while (at < line.Length)
        {
            if (line[at] == '\'')
            {
                return TryCloseQuote(ref line, at);
            }

            if (line[at] == '\\' && at + 1 < line.Length && line[at + 1] == '\'')
            {
                at++;
            }

            arguments.Append([line[at]]);
            at++;
        }

        return false;
    }

    private static bool TryCloseQuote(ref ReadOnlySpan<byte> line, int quote)
    {
        line = line[(quote + 1)..];
        return line.IsEmpty || IsBlank(line[0]);
    }

    private static byte Unescape(byte letter) => letter switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'a' => (byte)'\a',
        _ => letter,
    };

    private static int Hex(byte digit) => char.IsAsciiDigit((char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static bool IsBlank(byte value) => value is (byte)' ' or (>= 9 and <= 13);
}
