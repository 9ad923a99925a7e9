using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Nodes;

/// <summary>
/// Says in our words what the scanner found. Its own message only selects the words and is never shown. It reports a slip where it noticed
/// it, which is often below the mistake, so the help points upwards.
/// </summary>
internal static class SyntaxFault
{
    private const string LookAbove = "check the indentation, quotes and brackets of this line and of the lines above it";

    public static void Report(SourceText source, DiagnosticBag diagnostics, IReadOnlyCollection<FlowStart> openFlows, string reason, int offset)
    {
        if (FindTab(source, reason, offset) is { } tab)
        {
            diagnostics.Add(DiagnosticCodes.Tab, source, tab, "a tab stands where YAML wants spaces", "a tab", "indent with spaces only");
            return;
        }

        if (Has(reason, "quoted scalar, found unexpected end of stream") || Has(reason, "quoted scalar, found unexpected document indicator"))
        {
            var quote = source.SpanAt(offset, 1);
            diagnostics.Add(DiagnosticCodes.NotClosed, source, quote, "a quoted text is never closed", "the quote is opened here",
                "close it with the same quote; a quote inside is doubled ('') or escaped (\\\")");
            return;
        }

        if (openFlows.Count > 0 && !Has(reason, "quoted scalar"))
        {
            ReportOpenFlow(source, diagnostics, openFlows.First(), offset);
            return;
        }

        var (message, label, help) = Describe(source, reason);
        diagnostics.Add(DiagnosticCodes.Syntax, source, SpanOfFault(source, offset), message, label, help);
    }

    /// <summary>A tab in the indentation of the line with the fault, or of the line above it.</summary>
    private static SourceSpan? FindTab(SourceText source, string reason, int offset)
    {
        if (Has(reason, "quoted scalar"))
        {
            return null;
        }

        var line = source.SpanAt(offset, 1).Line;
        foreach (var candidate in new[] { line, line - 1 })
        {
            var text = source.Line(candidate);
            var indentation = text.Length - text.TrimStart(' ', '\t').Length;
            var tab = text.AsSpan(0, indentation).IndexOf('\t');
            if (tab >= 0 && indentation < text.Length)
            {
                return new SourceSpan(candidate, tab + 1, 1);
            }
        }

        return null;
    }

    private static void ReportOpenFlow(SourceText source, DiagnosticBag diagnostics, FlowStart open, int offset)
    {
        var closing = open.Bracket == '[' ? ']' : '}';
        var start = source.SpanAt(open.Offset, 1);
        var noticed = source.SpanAt(offset, 1);
        var place = noticed.Line == start.Line
            ? $"found at column {noticed.Column}"
            : $"found on line {noticed.Line}";
        diagnostics.Add(DiagnosticCodes.NotClosed, source, start, $"'{open.Bracket}' is not closed by '{closing}'",
            $"opened here; something else was {place}",
            $"separate the elements by ',' and end with '{closing}'; quote values that contain ':', '{{' or '['");
    }

    private static (string Message, string? Label, string Help) Describe(SourceText source, string reason) => reason switch
    {
        _ when Has(reason, "did not find expected '-' indicator") =>
            ("this line is not an element of the list above it", "begin it with '- ', or indent it", "check the indentation of this line and of the lines above it"),
        _ when Has(reason, "did not find expected key") =>
            ("this line does not fit the map above it", "expected 'key: value' with the indentation of the keys above",
                "check the indentation of this line and of the lines above it"),
        _ when Has(reason, "Mapping values are not allowed") || Has(reason, "invalid mapping") =>
            ("a ':' is not allowed here", null, "put a value that contains ': ' in quotes; check the indentation of this line and of the lines above it"),
        _ when Has(reason, "Mapping keys are not allowed") || Has(reason, "Block sequence entries are not allowed") =>
            ("a key or '- ' is not allowed here", null, "begin it on a new line, indented below its key"),
        _ when Has(reason, "could not find expected ':'") =>
            ("a key has no ':' after it", "expected 'key: value'", LookAbove),
        _ when Has(reason, "cannot start any token") =>
            ("this character cannot begin a value", "put the value in quotes", LookAbove),
        _ when Has(reason, "escape c") || Has(reason, "hexadecimal") || Has(reason, "surrogates") =>
            ("this escape is not known in a text in double quotes", null, "write \\\\ for a backslash, or use single quotes, which have no escapes"),
        _ when Has(reason, "wrong indentation") =>
            ("a quoted text goes on with too little indentation", null, "indent its further lines more than its key, or write it on one line"),
        _ when Has(reason, "block scalar") =>
            ("the text after '|' or '>' is not indented evenly", null, "indent every line of the text by the same spaces, more than its key"),
        _ when Has(reason, "comment") =>
            ("a comment is not allowed here", null, "put a space before '#', or put the value in quotes"),
        _ when Has(reason, "irective") =>
            ("a line that begins with '%' is a YAML directive", null, "remove it; put a value that begins with '%' in quotes"),
        _ when Has(reason, "anchor") || Has(reason, "alias") || Has(reason, "tag") =>
            ("a value begins with '&', '*' or '!'", "put the value in quotes", LookAbove),
        _ when Has(reason, "document start") || Has(reason, "<document end>") || Has(reason, "document end") =>
            ("there is text after the end of the map", "expected 'key: value' at the beginning of the line", LookAbove),
        _ when source.Text.Contains('\0', StringComparison.Ordinal) =>
            ("the file contains a zero byte", null, "save it as UTF-8 text"),
        _ => ("this is not valid YAML", null, LookAbove),
    };

    /// <summary>The word at the fault, or the last character of the file when the fault is its end.</summary>
    private static SourceSpan SpanOfFault(SourceText source, int offset)
    {
        var text = source.Text;
        if (offset >= text.TrimEnd().Length)
        {
            offset = Math.Max(0, text.TrimEnd().Length - 1);
        }

        var end = offset;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != ':')
        {
            end++;
        }

        return source.SpanAt(offset, end - offset);
    }

    private static bool Has(string reason, string part) => reason.Contains(part, StringComparison.Ordinal);
}
