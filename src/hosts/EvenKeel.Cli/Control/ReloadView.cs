namespace EvenKeel.Cli.Control;

/// <summary>The file of a running cluster, and what came of reading it again.</summary>
/// <param name="File">The file.</param>
/// <param name="Version">The version in force: 1 for that of the start, one more for each change that was taken over.</param>
/// <param name="Outcome">Of the last attempt: <c>started</c>, <c>applied</c>, <c>unchanged</c> or <c>refused</c>.</param>
/// <param name="At">When that was, in UTC.</param>
/// <param name="InForceSince">Since when the version is in force, in UTC.</param>
/// <param name="Trigger">What caused it: <c>start</c>, <c>file</c>, <c>signal</c> or <c>api</c>.</param>
/// <param name="Changes">The paths that it changed.</param>
/// <param name="Error">Why it was refused, with all diagnostics, or null.</param>
/// <param name="Applied">How many attempts were taken over.</param>
/// <param name="Refused">How many were refused.</param>
internal sealed record ReloadView(
    string File,
    int Version,
    string Outcome,
    DateTimeOffset At,
    DateTimeOffset InForceSince,
    string Trigger,
    IReadOnlyList<string> Changes,
    string? Error,
    int Applied,
    int Refused);
