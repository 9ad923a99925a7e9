namespace EvenKeel.Configuration.Diagnostics;

/// <summary>One thing that is wrong in a configuration: what, where, and what to do.</summary>
public sealed record Diagnostic
{
    /// <summary>The stable code, one of <see cref="DiagnosticCodes"/>; each has an entry in <c>docs/reference/errors.md</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong, in one line that starts in lower case and ends without a full stop.</summary>
    public required string Message { get; init; }

    /// <summary>The file, as the caller named it.</summary>
    public required string File { get; init; }

    /// <summary>The place in the file, or null when the whole file is meant.</summary>
    public SourceSpan? Span { get; init; }

    /// <summary>The text of the line of <see cref="Span"/>, without its line break; null when there is no span.</summary>
    public string? SourceLine { get; init; }

    /// <summary>A few words beside the marked characters, such as a suggestion; or null.</summary>
    public string? Label { get; init; }

    /// <summary>What to do, in one line; or null when the message says it.</summary>
    public string? Help { get; init; }
}
