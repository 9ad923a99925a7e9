namespace EvenKeel.Configuration.Diagnostics;

/// <summary>A file's name and text, and where its lines begin.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    public SourceText(string file, string text)
    {
        File = file;
        Text = text;
        for (var i = 0; i < text.Length; i++)
        {
            // "\r\n" ends one line, at its '\n'; a lone '\r' is a line break in YAML as well.
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>The name that messages show.</summary>
    public string File { get; }

    public string Text { get; }

    public int LineCount => _lineStarts.Count;

    /// <summary>The text of a line counted from 1, without its line break; empty beyond the end.</summary>
    public string Line(int line)
    {
        if (line < 1 || line > _lineStarts.Count)
        {
            return "";
        }

        var start = _lineStarts[line - 1];
        var end = line < _lineStarts.Count ? _lineStarts[line] : Text.Length;
        return Text[start..end].TrimEnd('\r', '\n');
    }

    /// <summary>The span of <paramref name="length"/> characters from an offset, cut at the end of its line.</summary>
    public SourceSpan SpanAt(int offset, int length)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        var found = _lineStarts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        var column = offset - _lineStarts[line];
        var rest = Line(line + 1).Length - column;
        return new SourceSpan(line + 1, column + 1, Math.Max(1, Math.Min(length, rest)));
    }
}
