using System.Text;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Gateway.Routing.Conditions;

/// <summary>
/// A query parameter, as forms write them: pairs between ampersands, a plus for a space, the rest percent-encoded. Of a repeated parameter
/// one has to have the value. A broken encoding stands for itself.
/// </summary>
internal sealed class QueryCondition(NamedMatch match) : RouteCondition
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(match.Name);
    private readonly byte[] _value = Encoding.UTF8.GetBytes(match.Value);

    public override bool Holds(in RouteRequest request)
    {
        for (var query = request.Query; !query.IsEmpty;)
        {
            var end = query.IndexOf((byte)'&');
            var pair = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[(end + 1)..];
            var equals = pair.IndexOf((byte)'=');
            var name = equals < 0 ? pair : pair[..equals];
            if (!pair.IsEmpty && Compare(name, _name, whole: true) && (match.Kind == MatchKind.Absent || Fits(equals < 0 ? default : pair[(equals + 1)..])))
            {
                return match.Kind != MatchKind.Absent;
            }
        }

        return match.Kind == MatchKind.Absent;
    }

    private bool Fits(ReadOnlySpan<byte> value) => match.Kind == MatchKind.Present || Compare(value, _value, match.Kind == MatchKind.Equal);

    private static bool Compare(ReadOnlySpan<byte> encoded, ReadOnlySpan<byte> text, bool whole)
    {
        var at = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (at == text.Length)
            {
                return !whole;
            }

            var value = encoded[i] == '+' ? (byte)' ' : encoded[i];
            if (value == '%' && i + 2 < encoded.Length && char.IsAsciiHexDigit((char)encoded[i + 1]) && char.IsAsciiHexDigit((char)encoded[i + 2]))
            {
                value = (byte)((Digit(encoded[i + 1]) << 4) | Digit(encoded[i + 2]));
                i += 2;
            }

            if (value != text[at++])
            {
                return false;
            }
        }

        return at == text.Length;
    }

    private static int Digit(byte value) => value <= '9' ? value - '0' : (value & 0x0F) + 9;
}
