using EvenKeel.Consistency.Verdicts;
using EvenKeel.Proof.Recording;

namespace EvenKeel.Proof.Runs;

/// <summary>The outcome of a proof.</summary>
public sealed record ProofResult
{
    /// <summary>The verdict over all scenarios: the worst of theirs.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The verdict in one sentence that starts with <c>PASS:</c>, <c>VIOLATION:</c> or <c>INCONCLUSIVE:</c>.</summary>
    public required string Sentence { get; init; }

    /// <summary>
    /// 0 pass, 10 violation, 11 inconclusive; 130 when it was interrupted before a violation was found; 4 for a pass of which
    /// <see cref="Unwritten"/> kept the record from being written.
    /// </summary>
    public required int ExitCode { get; init; }

    /// <summary>The seed of every random choice.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many times faster than real everything ran; measured times times this are real times.</summary>
    public required double TimeScale { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, not scaled.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The scenarios in the order in which they ran.</summary>
    public required IReadOnlyList<ScenarioResult> Scenarios { get; init; }

    /// <summary>The measurements of simultaneous kills by their number; empty when they were not asked for.</summary>
    public IReadOnlyList<KillsMeasurement> SimultaneousKills { get; init; } = [];

    /// <summary>The folder with everything that the run left.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>The path of the report.</summary>
    public string ReportPath => Folder.File("report.html");

    /// <summary>Why the result or the report could not be written, for instance because the disk is full; null when both were.</summary>
    public string? Unwritten { get; init; }

    /// <summary>The block that ends the run on screen.</summary>
    public required string Text { get; init; }
}
