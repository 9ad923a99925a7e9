using System.Globalization;
using System.Text;

namespace EvenKeel.Configuration.Diagnostics;

/// <summary>Writes diagnostics as plain text: message, place, the source line with the characters marked, and help. No colours.</summary>
public static class DiagnosticRenderer
{
    /// <summary>Source lines longer than this are shown as a window around the marked characters.</summary>
    private const int WindowWidth = 160;

    /// <summary>Characters kept to the left of the mark in a window.</summary>
    private const int WindowLead = 40;

    /// <summary>Renders one diagnostic. Lines end with a line feed, the last one too.</summary>
    /// <param name="diagnostic">What is wrong.</param>
    public static string Render(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var text = new StringBuilder();
        Append(text, diagnostic);
        return text.ToString();
    }

    /// <summary>Renders several diagnostics with an empty line between each two. Empty when there are none.</summary>
    /// <param name="diagnostics">What is wrong, in the order to show it.</param>
    public static string Render(IEnumerable<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        var text = new StringBuilder();
        foreach (var diagnostic in diagnostics)
        {
            if (text.Length > 0)
            {
                text.Append('\n');
            }

            Append(text, diagnostic);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Diagnostic diagnostic)
    {
        text.Append("error ").Append(diagnostic.Code).Append(": ").Append(Printable(diagnostic.Message)).Append('\n');
        if (diagnostic.Span is { } span)
        {
            AppendSource(text, diagnostic, span);
        }
        else
        {
            text.Append("  --> ").Append(Printable(diagnostic.File)).Append('\n');
        }

        if (diagnostic.Help is { } help)
        {
            text.Append("help: ").Append(Printable(help)).Append('\n');
        }
    }

    private static void AppendSource(StringBuilder text, Diagnostic diagnostic, SourceSpan span)
    {
        var number = span.Line.ToString(CultureInfo.InvariantCulture);
        var gutter = new string(' ', number.Length + 2) + "|";
        var (line, column) = Window(diagnostic.SourceLine ?? "", span.Column - 1);

        text.Append(' ', number.Length + 1).Append("--> ").Append(Printable(diagnostic.File))
            .Append(CultureInfo.InvariantCulture, $":{span.Line}:{span.Column}\n");
        text.Append(gutter).Append('\n');
        text.Append(' ').Append(number).Append(" | ").Append(Printable(line)).Append('\n');

        // Tabs are repeated, so that the mark stands below its characters at any tab width.
        text.Append(gutter).Append(' ');
        for (var i = 0; i < column; i++)
        {
            text.Append(i < line.Length && line[i] == '\t' ? '\t' : ' ');
        }

        text.Append('^', Math.Max(1, Math.Min(span.Length, line.Length - column)));
        if (diagnostic.Label is { } label)
        {
            text.Append(' ').Append(Printable(label));
        }

        text.Append('\n');
    }

    /// <summary>Cuts a long line around the marked column; returns the column within what is left.</summary>
    private static (string Line, int Column) Window(string line, int column)
    {
        if (line.Length <= WindowWidth)
        {
            return (line, column);
        }

        var start = Math.Max(0, Math.Min(column, line.Length) - WindowLead);
        var end = Math.Min(line.Length, start + WindowWidth);
        var head = start > 0 ? "..." : "";
        var tail = end < line.Length ? "..." : "";
        return (head + line[start..end] + tail, column - start + head.Length);
    }

    /// <summary>A file must not steer the reader's terminal: control characters other than tabs become question marks.</summary>
    private static string Printable(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.AsSpan().ContainsAnyInRange('\u007f', '\u009f')
            ? string.Concat(text.Select(c => char.IsControl(c) && c != '\t' ? '?' : c))
            : text;
}
