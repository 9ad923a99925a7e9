using System.Globalization;
using System.Text;
using System.Text.Json;
using EvenKeel.Configuration.Model;

namespace EvenKeel.Gateway.Routing.Conditions;

/// <summary>
/// A value in a JSON body. A body that is not valid JSON to its end, or that has a name twice in an object on the way, never holds: readers
/// differ in which of the two they take.
/// </summary>
internal sealed class BodyCondition(BodyMatch match) : RouteCondition
{
    private readonly byte[] _value = Encoding.UTF8.GetBytes(match.Value);

    private readonly (byte[] Name, int Index)[] _steps = [.. match.Pointer.Split('/').Skip(1).Select(step => (
        Encoding.UTF8.GetBytes(step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)),
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && (step == "0" || step[0] != '0') ? index : -1))];

    public override bool Holds(in RouteRequest request)
    {
        if (request.BodyState != BodyState.Here)
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(request.Body);
            var holds = reader.Read() && Holds(ref reader, 0);
            return holds && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // The reader stands at the first token of a value, and stands at its last one afterwards.
    private bool Holds(ref Utf8JsonReader reader, int step)
    {
        if (step == _steps.Length)
        {
            return IsWanted(ref reader);
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return HoldsInObject(ref reader, step);
            case JsonTokenType.StartArray:
                return HoldsInArray(ref reader, step);
            default:
                return false;
        }
    }

    private bool HoldsInObject(ref Utf8JsonReader reader, int step)
    {
        var (found, holds) = (0, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isNext = reader.ValueTextEquals(_steps[step].Name);
            reader.Read();
            if (isNext && ++found == 1)
            {
                holds = Holds(ref reader, step + 1);
                if (!holds)
                {
                    return false;
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return holds && found == 1;
    }

    private bool HoldsInArray(ref Utf8JsonReader reader, int step)
    {
        var holds = false;
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i == _steps[step].Index)
            {
                holds = Holds(ref reader, step + 1);
                if (!holds)
                {
                    return false;
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return holds;
    }

    private bool IsWanted(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.ValueTextEquals(_value),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null => reader.ValueSpan.SequenceEqual(_value),
        _ => false,
    };
}
