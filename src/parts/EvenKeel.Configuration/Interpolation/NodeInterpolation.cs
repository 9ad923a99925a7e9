using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Interpolation;

/// <summary>Replaces the variables in all values of a tree, never in keys. After parsing, so a value cannot change the file's
/// structure.</summary>
/// <param name="source">The file, for positions.</param>
/// <param name="lookup">Gives the value of a variable, or null when it is not set.</param>
/// <param name="diagnostics">Where faults go.</param>
internal sealed class NodeInterpolation(SourceText source, Func<string, string?> lookup, DiagnosticBag diagnostics)
{
    /// <summary>The same tree with all values replaced; a value with a fault is marked broken.</summary>
    public ConfigNode Apply(ConfigNode node)
    {
        ConfigNode result = node switch
        {
            ConfigScalar scalar => Apply(scalar),
            ConfigMap map => new ConfigMap(map.Span, [.. map.Entries.Select(e => new ConfigEntry(e.Key, Apply(e.Value)))]),
            ConfigList list => new ConfigList(list.Span, [.. list.Items.Select(Apply)]),
            _ => node,
        };
        result.Head = node.Head;
        return result;
    }

    private ConfigScalar Apply(ConfigScalar scalar)
    {
        var interpolation = Interpolator.Expand(scalar.Text, lookup);
        foreach (var fault in interpolation.Faults)
        {
            diagnostics.Add(fault.Code, source, Locate(scalar, fault), fault.Message, fault.Label, fault.Help);
        }

        return new ConfigScalar(scalar.Span, interpolation.Text, scalar.IsQuoted, scalar.RawStart, scalar.RawEnd)
        {
            Variables = interpolation.Variables,
            References = interpolation.References,
            IsBroken = scalar.IsBroken || interpolation.Faults.Count > 0,
        };
    }

    /// <summary>
    /// Finds the fault's dollar sign in the file by its number, because quotes, escapes and folded lines shift all offsets. Where the file
    /// has other dollar signs than the value (an escape such as <c>\x24</c>), the whole value is meant.
    /// </summary>
    private SourceSpan Locate(ConfigScalar scalar, InterpolationFault fault)
    {
        var raw = source.Text.AsSpan(scalar.RawStart, scalar.RawEnd - scalar.RawStart);
        var offset = 0;
        if (raw.Count('$') != scalar.Text.AsSpan().Count('$'))
        {
            // A comment may follow the '|' of a block on its first line.
            offset = raw.IndexOf('\n') + 1;
            if (raw[offset..].Count('$') != scalar.Text.AsSpan().Count('$'))
            {
                return scalar.Span;
            }
        }

        for (var skip = fault.Dollar; ; skip--)
        {
            var found = raw[offset..].IndexOf('$');
            if (found < 0)
            {
                return scalar.Span;
            }

            if (skip == 0)
            {
                return source.SpanAt(scalar.RawStart + offset + found, fault.Length);
            }

            offset += found + 1;
        }
    }
}
