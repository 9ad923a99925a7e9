using System.Text.RegularExpressions;

namespace EvenKeel.Architecture.Tests.Sources;

/// <summary>A line of code fits a screen. One that holds a long text may be longer, as a sentence cut in two cannot be searched for.</summary>
internal static partial class LineLength
{
    public const int Limit = 160;
    public const int LongText = 80; // as in the pattern below

    public static IEnumerable<Finding> Check(SourceTree tree)
    {
        foreach (var file in tree.Files(".cs"))
        {
            var lines = tree.Lines(file);
            var inRawText = false;
            for (var i = 0; i < lines.Length; i++)
            {
                var begins = Fence().Count(lines[i]) % 2 == 1;
                if (lines[i].Length > Limit && !inRawText && !begins && !Text().IsMatch(lines[i]))
                {
                    yield return new Finding(file, i + 1, $"{lines[i].Length} characters; wrap it, the limit is {Limit}");
                }

                inRawText ^= begins;
            }
        }
    }

    [GeneratedRegex("\"\"\"+")]
    private static partial Regex Fence();

    [GeneratedRegex("\"[^\"]{80,}\"|\"\"\"+.{80,}\"\"\"+")]
    private static partial Regex Text();
}
