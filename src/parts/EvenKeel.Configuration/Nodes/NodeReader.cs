using EvenKeel.Configuration.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace EvenKeel.Configuration.Nodes;

/// <summary>
/// Reads YAML text into nodes with positions. Faults of syntax end the reading, because nothing after them can be trusted; faults of use
/// (a key twice, an alias) are reported and reading goes on. Anchors, aliases, merge keys and tags are refused: a value would stand in two
/// places, of which a message could show one.
/// </summary>
internal sealed class NodeReader
{
    /// <summary>Levels of maps and lists inside each other; a valid file has at most 9.</summary>
    public const int MaxDepth = 32;

    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly Parser _parser;
    private readonly Stack<FlowStart> _openFlows = new();

    private NodeReader(SourceText source, DiagnosticBag diagnostics)
    {
        _source = source;
        _diagnostics = diagnostics;
        _parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
    }

    /// <summary>The root of the file's only document, or null when it is empty or not valid YAML, which is then reported.</summary>
    public static ConfigNode? Read(SourceText source, DiagnosticBag diagnostics)
    {
        if (SyntaxFault.FindControlCharacter(source, diagnostics))
        {
            return null;
        }

        var reader = new NodeReader(source, diagnostics);
        try
        {
            return reader.ReadDocument();
        }
        catch (TooDeepException)
        {
            return null;
        }
        catch (YamlException fault)
        {
            reader.ReportSyntax(fault.Message, fault.Start, fault.End);
            return null;
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or FormatException
            or OverflowException or IndexOutOfRangeException or NullReferenceException or InvalidCastException)
        {
            // The scanner is not ours and meets bytes of anyone; what it did not expect is still only bad YAML to the reader.
            reader.ReportSyntax("", Mark.Empty, Mark.Empty);
            return null;
        }
    }

    private void ReportSyntax(string reason, Mark start, Mark end)
    {
        // Some faults come without a place, or with the beginning of the file: then it is where the last good part ended.
        var lastGood = Offset(_parser.Current?.End ?? Mark.Empty);
        var place = new FaultPlace(Math.Max(Offset(start), Offset(start) == 0 ? lastGood : 0), Offset(end), lastGood);
        SyntaxFault.Report(_source, _diagnostics, _openFlows, reason, place);
    }

    private static int Offset(Mark mark) => (int)Math.Min(int.MaxValue, mark.Index);

    private ConfigNode? ReadDocument()
    {
        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is StreamEnd)
        {
            _diagnostics.Add(DiagnosticCodes.Empty, _source.File, "the file is empty", "write a first one with: evenkeel init");
            return null;
        }

        _parser.MoveNext();
        var root = ReadNode(depth: 1);
        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is DocumentStart second)
        {
            _diagnostics.Add(DiagnosticCodes.SeveralDocuments, _source, SpanOf(second), "the file holds more than one YAML document",
                "a second document begins here", "write one cluster per file");
        }

        return root;
    }

    /// <summary>Reads the node that begins at the current event and leaves its last event current.</summary>
    private ConfigNode ReadNode(int depth)
    {
        var start = _parser.Current!;
        RefuseDecorations(start);

        if (depth > MaxDepth && start is (MappingStart or SequenceStart))
        {
            _diagnostics.Add(DiagnosticCodes.TooDeep, _source, SpanOf(start), $"maps and lists are nested deeper than {MaxDepth} levels",
                "one level too deep");
            throw new TooDeepException();
        }

        return start switch
        {
            Scalar scalar => ReadScalar(scalar),
            MappingStart map => ReadMap(map, depth),
            SequenceStart list => ReadList(list, depth),
            _ => new ConfigScalar(SpanOf(start), "", isQuoted: false, Offset(start.Start), Offset(start.End)) { IsBroken = true },
        };
    }

    private ConfigScalar ReadScalar(Scalar scalar) =>
        new(SpanOf(scalar), scalar.Value, scalar.Style != ScalarStyle.Plain, Offset(scalar.Start), Offset(scalar.End))
        {
            IsBroken = !scalar.Anchor.IsEmpty || !scalar.Tag.IsEmpty,
        };

    private ConfigMap ReadMap(MappingStart start, int depth)
    {
        var isFlow = start.Style == MappingStyle.Flow;
        Open(isFlow, start, '{');
        var entries = new List<ConfigEntry>();
        var seen = new Dictionary<string, ConfigScalar>(StringComparer.Ordinal);
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            var key = ReadNode(depth + 1);
            _parser.MoveNext();
            var value = ReadNode(depth + 1);
            if (key is not ConfigScalar name)
            {
                Refuse(key.Span, "a key must be a single word", $"this key is {key.Kind}");
            }
            else if (name.Text == "<<" && !name.IsQuoted)
            {
                Refuse(name.Span, "merge keys are not supported", "write the keys out");
            }
            else if (!seen.TryAdd(name.Text, name))
            {
                _diagnostics.Add(DiagnosticCodes.DuplicateKey, _source, name.Span,
                    $"the key {ConfigScalar.Quote(name.Text)} is given twice",
                    $"first given on line {seen[name.Text].Span.Line}");
            }
            else if (!name.IsBroken)
            {
                value.Head = name.Span;
                entries.Add(new ConfigEntry(name, value));
            }
        }

        Close(isFlow);
        var span = isFlow || entries.Count == 0 ? Whole(start.Start, _parser.Current!.End) : entries[0].Key.Span;
        return new ConfigMap(span, entries);
    }

    private ConfigList ReadList(SequenceStart start, int depth)
    {
        var isFlow = start.Style == SequenceStyle.Flow;
        Open(isFlow, start, '[');
        var items = new List<ConfigNode>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
        }

        Close(isFlow);
        return new ConfigList(isFlow ? Whole(start.Start, _parser.Current!.End) : _source.SpanAt(Offset(start.Start), 1), items);
    }

    private void Open(bool isFlow, ParsingEvent start, char bracket)
    {
        if (isFlow)
        {
            _openFlows.Push(new FlowStart(bracket, Offset(start.Start)));
        }
    }

    private void Close(bool isFlow)
    {
        if (isFlow)
        {
            _openFlows.Pop();
        }
    }

    private void RefuseDecorations(ParsingEvent start)
    {
        if (start is AnchorAlias alias)
        {
            Refuse(SpanOf(alias), $"the alias '*{alias.Value}' is not supported", "write the value here");
        }
        else if (start is not NodeEvent node)
        {
            return;
        }
        else if (!node.Anchor.IsEmpty)
        {
            Refuse(_source.SpanAt(Offset(node.Start), node.Anchor.Value.Length + 1), $"the anchor '&{node.Anchor}' is not supported",
                "remove it and write the value where it is needed");
        }
        else if (!node.Tag.IsEmpty)
        {
            Refuse(_source.SpanAt(Offset(node.Start), 1), "YAML tags are not supported", "remove the tag; put text in quotes");
        }
    }

    private void Refuse(SourceSpan span, string message, string label) =>
        _diagnostics.Add(DiagnosticCodes.UnsupportedYaml, _source, span, message, label);

    private SourceSpan SpanOf(ParsingEvent part) => Whole(part.Start, part.End);

    private SourceSpan Whole(Mark start, Mark end) => _source.SpanAt(Offset(start), Offset(end) - Offset(start));

    /// <summary>Leaves the reading from any depth; what was wrong is already reported.</summary>
    private sealed class TooDeepException : Exception;
}
