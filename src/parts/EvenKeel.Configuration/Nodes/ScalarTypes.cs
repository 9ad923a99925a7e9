using System.Text.RegularExpressions;

namespace EvenKeel.Configuration.Nodes;

/// <summary>Tells the types of unquoted values apart, as editors do that check the file with the JSON Schema.</summary>
internal static partial class ScalarTypes
{
    public static ScalarType Of(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarType.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarType.Boolean,
        _ => Number().IsMatch(text) ? ScalarType.Number : ScalarType.Text,
    };

    [GeneratedRegex(@"\A(?:[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex Number();
}
