using EvenKeel.Configuration.Diagnostics;
using EvenKeel.Configuration.Nodes;

namespace EvenKeel.Configuration.Binding;

/// <summary>What the walk over one file carries: where faults and origins go, and what the parts know of each other.</summary>
/// <param name="source">The file.</param>
/// <param name="diagnostics">Where faults go.</param>
/// <param name="facts">What the parts know of each other.</param>
/// <param name="filePath">The absolute path of the file.</param>
internal sealed class BindingContext(SourceText source, DiagnosticBag diagnostics, FileFacts facts, string filePath)
{
    private readonly List<ValueOrigin> _origins = [];

    public FileFacts Facts { get; } = facts;

    /// <summary>The absolute path of the file.</summary>
    public string FilePath { get; } = filePath;

    /// <summary>The absolute path of the file's folder.</summary>
    public string Directory { get; } = Path.GetDirectoryName(filePath) ?? "/";

    public IReadOnlyList<ValueOrigin> Origins => _origins;

    public void Fail(string code, SourceSpan span, string message, string? label = null, string? help = null, bool isSecret = false) =>
        diagnostics.Add(code, source, span, message, label, help, isSecret);

    /// <summary>Reports that a node is of another kind than wanted, or has no value.</summary>
    public void FailKind(ConfigNode node, string path, string expectation)
    {
        if (node is ConfigScalar { IsBroken: true })
        {
            return;
        }

        if (node is ConfigScalar { Type: ScalarType.Null, Variables.Count: 0 } empty)
        {
            var place = empty.Text.Length == 0 ? empty.Head : empty.Span;
            Fail(DiagnosticCodes.NoValue, place, $"{Subject(path)} has no value", $"expected {expectation}");
            return;
        }

        Fail(DiagnosticCodes.WrongType, node.Span, $"{Subject(path)} must be {expectation}, not {node.Kind}");
    }

    /// <summary>Reports a list or map that is empty, which is the only way to have too few elements, or has too many.</summary>
    public void FailCount(ConfigNode node, int count, int max, string path, string noun) => Fail(
        DiagnosticCodes.WrongCount,
        node.Head,
        count == 0 ? $"{Subject(path)} is empty" : $"{Subject(path)} has {count} {noun}",
        count == 0 ? $"expected {noun}" : $"at most {max}");

    /// <summary>The place of a part of a value, when it stands there as it was written; else of the whole value.</summary>
    public SourceSpan Locate(ConfigScalar scalar, string part)
    {
        var found = source.Text.AsSpan(scalar.RawStart, scalar.RawEnd - scalar.RawStart).IndexOf(part);
        return found < 0 || part.Length == 0 ? scalar.Span : source.SpanAt(scalar.RawStart + found, part.Length);
    }

    public void AddOrigin(string path, ConfigScalar scalar)
    {
        var kind = scalar.Variables.Count > 0 ? OriginKind.Variables : OriginKind.File;
        _origins.Add(new ValueOrigin(path, SecretMask.Apply(path, scalar.Text.TrimEnd('\r', '\n').ReplaceLineEndings(" ")), kind,
            scalar.Span, scalar.Variables));
    }

    public void AddDefault(string path, string value) => _origins.Add(new ValueOrigin(path, value, OriginKind.Default, null, []));

    /// <summary>The last part of a path in quotes, or words for the whole file.</summary>
    public static string Subject(string path) => path.Length == 0 ? "the file" : $"'{path[(path.LastIndexOf('.') + 1)..]}'";

    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
