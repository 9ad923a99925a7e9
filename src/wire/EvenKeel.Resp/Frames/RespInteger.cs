using System.Buffers.Text;

namespace EvenKeel.Resp.Frames;

/// <summary>
/// The one spelling of integers on the wire: digits with an optional minus; no plus, no leading zero, no blank, no "-0".
/// A counter that is stored as text obeys the same rule.
/// </summary>
public static class RespInteger
{
    /// <summary>Reads a 64 bit integer that fills the whole text.</summary>
    /// <returns>False when the text is anything else, or out of range.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        ReadOnlySpan<byte> digits = text.Length > 0 && text[0] == '-' ? text[1..] : text;
        if (digits.IsEmpty || !char.IsAsciiDigit((char)digits[0]))
        {
            return false;
        }

        if (digits[0] == '0' && text.Length > 1)
        {
            return false;
        }

        return Utf8Parser.TryParse(text, out value, out int used) && used == text.Length;
    }
}
