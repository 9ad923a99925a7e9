using EvenKeel.Configuration.Binding;

namespace EvenKeel.Configuration.Diagnostics;

/// <summary>Collects what is wrong. Keeps the first <see cref="Limit"/> and counts the rest.</summary>
internal sealed class DiagnosticBag
{
    /// <summary>More errors than a person reads at once; a file that is not meant for us could have thousands.</summary>
    public const int Limit = 100;

    private readonly List<Diagnostic> _kept = [];

    /// <summary>How many were added, kept or not.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a fault of a place; the characters there are not shown when they are secret.</summary>
    public void Add(
        string code, SourceText source, SourceSpan span, string message, string? label = null, string? help = null, bool isSecret = false) =>
        Add(new Diagnostic
    {
        Code = code,
        Message = message,
        File = source.File,
        Span = span,
        SourceLine = SecretMask.ApplyToLine(
            isSecret ? SecretMask.ApplyToSpan(source.Line(span.Line), span.Column, span.Length) : source.Line(span.Line)),
        Label = label,
        Help = help,
    });

    public void Add(string code, string file, string message, string? help = null) =>
        Add(new Diagnostic { Code = code, Message = message, File = file, Help = help });

    /// <summary>Everything that was kept, file by file in the order of first mention, then by position.</summary>
    public IReadOnlyList<Diagnostic> ToList()
    {
        var files = _kept.Select(d => d.File).Distinct(StringComparer.Ordinal).ToList();
        List<Diagnostic> sorted =
        [
            .. _kept.OrderBy(d => files.IndexOf(d.File)).ThenBy(d => d.Span?.Line ?? 0).ThenBy(d => d.Span?.Column ?? 0),
        ];
        if (Count > _kept.Count)
        {
            sorted.Add(new Diagnostic
            {
                Code = DiagnosticCodes.TooManyErrors,
                Message = $"{Count - _kept.Count} more errors are not shown",
                File = _kept[^1].File,
                Help = "mend the first ones and run it again; check that this is the file you meant",
            });
        }

        return sorted;
    }

    private void Add(Diagnostic diagnostic)
    {
        Count++;
        if (_kept.Count < Limit)
        {
            _kept.Add(diagnostic);
        }
    }
}
