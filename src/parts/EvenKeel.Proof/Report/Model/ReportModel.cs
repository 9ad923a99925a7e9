using EvenKeel.Consistency.Verdicts;

namespace EvenKeel.Proof.Report.Model;

/// <summary>
/// Everything that <c>report.html</c> shows of one proof. Numbers that can be counted from a history (requests, latencies, shares) are not repeated
/// here: the report counts them itself, so that it cannot disagree with the history.
/// </summary>
public sealed record ReportModel
{
    /// <summary>What was proved: the service's name, or the file's.</summary>
    public required string Title { get; init; }

    /// <summary>The verdict over all scenarios, and why.</summary>
    public required Judgement Judgement { get; init; }

    /// <summary>The command line that started it.</summary>
    public required string Command { get; init; }

    /// <summary>The command line that repeats the plan, or null when it is <see cref="Command"/>.</summary>
    public string? Replay { get; init; }

    /// <summary>The seed of every random choice.</summary>
    public required ulong Seed { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took in all, by the wall clock.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many times faster than the plan everything ran; 1 for real time.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>Versions and machine, in the order to show them: <c>EvenKeel 0.1.0</c>, <c>.NET 10.0.12</c>, <c>2 cores</c>.</summary>
    public IReadOnlyList<Fact> Environment { get; init; } = [];

    /// <summary>The scenarios in the order they ran; at least one unless the run ended before.</summary>
    public IReadOnlyList<ScenarioReport> Scenarios { get; init; } = [];

    /// <summary>Rules about the whole run.</summary>
    public IReadOnlyList<ThresholdReport> Thresholds { get; init; } = [];

    /// <summary>
    /// What the run did not try, in honest sentences. The report adds what it can see for itself (checks switched off, faults not
    /// confirmed).
    /// </summary>
    public IReadOnlyList<string> NotExercised { get; init; } = [];

    /// <summary>Sentences about how to read the numbers, such as what a time scale does to them.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why the run did not reach its end, or null when it did. The report is then marked incomplete.</summary>
    public string? Incomplete { get; init; }

    /// <summary>The resolved configuration as text, with secrets already hidden; null to leave it out.</summary>
    public string? Configuration { get; init; }

    /// <summary>The files that lie beside the report.</summary>
    public IReadOnlyList<RunFile> Files { get; init; } = [];
}
