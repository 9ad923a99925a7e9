using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Nodes;

/// <summary>
/// Says in our words what the scanner found. Its own message only selects the words and is never shown. It reports a slip where it noticed
/// it, which is often below the mistake, so the help points upwards.
/// </summary>
internal static class SyntaxFault
{
    private const string LookAbove = "check the indentation, quotes and brackets of this line and of the lines above it";

    private static readonly System.Buffers.SearchValues<char> Forbidden = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(c => (char)c).Except(['\t', '\n', '\r', '\u0085']), '\uFFFE', '\uFFFF']);

    public static void Report(SourceText source, DiagnosticBag diagnostics, IReadOnlyCollection<FlowStart> openFlows, string reason,
        FaultPlace place)
    {
        var offset = place.Start;
        if (FindTab(source, reason, place) is { } tab)
        {
            diagnostics.Add(DiagnosticCodes.Tab, source, tab, "a tab stands where YAML wants spaces", "a tab", "indent with spaces only");
            return;
        }

        if (Has(reason, "quoted scalar, found unexpected end of stream")
            || Has(reason, "quoted scalar, found unexpected document indicator")
            || Has(reason, "double-quoted scalar, found wrong indentation"))
        {
            var quote = source.SpanAt(offset, 1);
            diagnostics.Add(DiagnosticCodes.NotClosed, source, quote, "a quoted text is never closed", "the quote is opened here",
                "close it with the same quote; a quote inside is doubled ('') or escaped (\\\"); further lines are indented more than the key");
            return;
        }

        if (openFlows.Count > 0 && !Has(reason, "quoted scalar"))
        {
            ReportOpenFlow(source, diagnostics, openFlows.First(), offset);
            return;
        }

        var (message, label, help) = Describe(reason);
        var span = Has(reason, "unknown escape") ? source.SpanAt(place.End, 2) : SpanOfFault(source, offset);
        diagnostics.Add(DiagnosticCodes.Syntax, source, span, message, label, help);
    }

    /// <summary>Reports the first character that YAML does not allow in a file (chapter 5.1): the scanner takes some for the end of the
    /// text.</summary>
    public static bool FindControlCharacter(SourceText source, DiagnosticBag diagnostics)
    {
        var offset = source.Text.AsSpan().IndexOfAny(Forbidden);
        if (offset < 0)
        {
            return false;
        }

        var number = ((int)source.Text[offset]).ToString("X2", System.Globalization.CultureInfo.InvariantCulture);
        diagnostics.Add(DiagnosticCodes.Syntax, source, source.SpanAt(offset, 1), $"the file contains the control character 0x{number}",
            "not allowed in YAML",
            "remove it; in double quotes it is written \\x" + number);
        return true;
    }

    /// <summary>A tab in the indentation: at or below the last good part if the scanner speaks of a tab, else on the line of the fault or
    /// above it.</summary>
    private static SourceSpan? FindTab(SourceText source, string reason, FaultPlace place)
    {
        if (Has(reason, "quoted scalar"))
        {
            return null;
        }

        var line = source.SpanAt(place.Start, 1).Line;
        var first = source.SpanAt(place.LastGood, 1).Line;
        var candidates = Has(reason, " tab ") ? Enumerable.Range(first, source.LineCount - first + 1) : [line, line - 1];
        foreach (var candidate in candidates)
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
        var other = closing == ']' ? '}' : ']';
        var label = offset < source.Text.Length && source.Text[offset] == other
            ? $"opened here, and '{other}' closes it on line {noticed.Line}, column {noticed.Column}"
            : "opened here";
        diagnostics.Add(DiagnosticCodes.NotClosed, source, start, $"'{open.Bracket}' is not closed by '{closing}'",
            label, $"separate the elements by ',' and end with '{closing}'; quote values that contain ':', brackets or quotes");
    }

    private static (string Message, string? Label, string Help) Describe(string reason) => reason switch
    {
        _ when Has(reason, "did not find expected '-' indicator") =>
            ("this line is not an element of the list above it", "begin it with '- ', or indent it", LookAbove),
        _ when Has(reason, "did not find expected key") =>
            ("this line does not fit the map above it", "expected 'key: value' with the indentation of the keys above", LookAbove),
        _ when Has(reason, "Mapping values are not allowed") || Has(reason, "invalid mapping") =>
            ("a ':' is not allowed here", null,
                "put a value that contains ': ' in quotes; check the indentation of this line and of the lines above it"),
        _ when Has(reason, "Mapping keys are not allowed") || Has(reason, "Block sequence entries are not allowed") =>
            ("a key or '- ' is not allowed here", null, "begin it on a new line, indented below its key"),
        _ when Has(reason, "could not find expected ':'") =>
            ("a key has no ':' after it", "expected 'key: value'", LookAbove),
        _ when Has(reason, "cannot start any token") =>
            ("this character cannot begin a value", "put the value in quotes", LookAbove),
        _ when Has(reason, "escape c") || Has(reason, "hexadecimal") || Has(reason, "surrogates") =>
            ("this escape is not known in a text in double quotes", null,
                "write \\\\ for a backslash, or use single quotes, which have no escapes"),
        _ when Has(reason, "block scalar") =>
            ("the text after '|' or '>' is not indented evenly", null,
                "indent every line of the text by the same spaces, more than its key"),
        _ when Has(reason, "comment") =>
            ("a comment is not allowed here", null, "put a space before '#', or put the value in quotes"),
        _ when Has(reason, "irective") =>
            ("a line that begins with '%' is a YAML directive", null, "remove it; put a value that begins with '%' in quotes"),
        _ when Has(reason, "anchor") || Has(reason, "alias") || Has(reason, "tag") =>
            ("a value begins with '&', '*' or '!'", "put the value in quotes", LookAbove),
        _ when Has(reason, "document start") || Has(reason, "<document end>") || Has(reason, "document end") =>
            ("there is text after the end of the map", "expected 'key: value' at the beginning of the line", LookAbove),
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
