using System.Text;

namespace EvenKeel.Configuration.Values;

/// <summary>
/// Splits a command into program and arguments with the quoting of POSIX shells (XCU 2.2): spaces separate, single quotes keep everything,
/// double quotes keep all but <c>\"</c>, <c>\\</c>, <c>\$</c> and <c>\`</c>, a backslash outside keeps the next character. Nothing is
/// expanded and no shell runs.
/// </summary>
internal static class CommandText
{
    /// <summary>Splits a command.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="words">Program and arguments.</param>
    /// <param name="problem">What is wrong when the result is false.</param>
    public static bool TrySplit(string text, out IReadOnlyList<string> words, out string? problem)
    {
        var result = new List<string>();
        words = result;
        var position = 0;
        while (true)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            if (position >= text.Length)
            {
                break;
            }

            var start = position;
            if (!TryReadWord(text, ref position, out var word, out problem))
            {
                return false;
            }

            var raw = text[start..position];
            if (raw is "&&" or "||" or "|" or "&" or ";" or ">" or ">>" or "<" or "2>&1")
            {
                problem = $"'{raw}' needs a shell, and the command runs in none: write sh -c '...'";
                return false;
            }

            result.Add(word);
        }

        problem = result.Count == 0 ? "the command is empty" : result[0].Length == 0 ? "the program's name is empty" : null;
        return problem is null;
    }

    private static bool TryReadWord(string text, ref int position, out string word, out string? problem)
    {
        var result = new StringBuilder();
        word = "";
        problem = null;
        while (position < text.Length && !char.IsWhiteSpace(text[position]))
        {
            var current = text[position++];
            if (current is '\'' or '"')
            {
                if (!TryReadQuoted(text, current, ref position, result))
                {
                    problem = current == '"' ? "a double quote is not closed" : "a single quote is not closed";
                    return false;
                }
            }
            else if (current == '\\')
            {
                if (position >= text.Length)
                {
                    problem = "a backslash stands at the end";
                    return false;
                }

                result.Append(text[position++]);
            }
            else
            {
                result.Append(current);
            }
        }

        word = result.ToString();
        return true;
    }

    private static bool TryReadQuoted(string text, char quote, ref int position, StringBuilder result)
    {
        while (position < text.Length)
        {
            var current = text[position++];
            if (current == quote)
            {
                return true;
            }

            if (quote == '"' && current == '\\' && position < text.Length && text[position] is ('"' or '\\' or '$' or '`'))
            {
                current = text[position++];
            }

            result.Append(current);
        }

        return false;
    }
}
