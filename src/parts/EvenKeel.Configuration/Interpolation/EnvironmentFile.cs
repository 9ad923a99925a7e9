using System.Text;
using System.Text.RegularExpressions;
using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Interpolation;

/// <summary>
/// Reads a <c>.env</c> file: <c>NAME=value</c> lines, comments with <c>#</c>, an optional <c>export</c>, values bare,
/// in single quotes (as they are) or in double quotes (with <c>\n \r \t \" \\ \$</c>). Values are taken as they stand: no variables in
/// variables, one line each.
/// </summary>
internal static partial class EnvironmentFile
{
    /// <summary>The variables; on faults, those of the good lines.</summary>
    public static IReadOnlyDictionary<string, string> Parse(SourceText source, DiagnosticBag diagnostics)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var number = 1; number <= source.LineCount; number++)
        {
            var line = source.Line(number).Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var match = Assignment().Match(line);
            if (!match.Success || Unquote(match.Groups["value"].Value.Trim()) is not { } value)
            {
                var start = source.Line(number).Length - source.Line(number).TrimStart().Length;
                diagnostics.Add(DiagnosticCodes.BadEnvFile, source, new SourceSpan(number, start + 1, line.Length),
                    "this line is not NAME=value",
                    match.Success ? "the quote is not closed" : null, "write NAME=value, NAME='value' or # comment");
                continue;
            }

            variables[match.Groups["name"].Value] = value;
        }

        return variables;
    }

    private static string? Unquote(string value)
    {
        if (value.Length == 0 || (value[0] != '"' && value[0] != '\''))
        {
            var comment = value.IndexOf(" #", StringComparison.Ordinal);
            return value.StartsWith('#') ? "" : comment < 0 ? value : value[..comment].TrimEnd();
        }

        var result = new StringBuilder();
        for (var i = 1; i < value.Length; i++)
        {
            if (value[i] == value[0])
            {
                var rest = value[(i + 1)..].TrimStart();
                return rest.Length == 0 || rest[0] == '#' ? result.ToString() : null;
            }

            if (value[0] == '"' && value[i] == '\\' && i + 1 < value.Length)
            {
                i++;
                result.Append(value[i] switch
                {
                    'n' => "\n",
                    'r' => "\r",
                    't' => "\t",
                    '"' or '\\' or '$' => value[i].ToString(),
                    _ => "\\" + value[i],
                });
            }
            else
            {
                result.Append(value[i]);
            }
        }

        return null;
    }

    [GeneratedRegex(@"\A(?:export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*=(?<value>.*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();
}
