using EvenKeel.Consistency.Checks;

namespace EvenKeel.Consistency.Verdicts;

/// <summary>Everything that a verdict rests on.</summary>
public sealed record Evidence
{
    /// <summary>What the checks found.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>How many operations were sent.</summary>
    public required int Operations { get; init; }

    /// <summary>How many faults were planned.</summary>
    public int FaultsPlanned { get; init; }

    /// <summary>How many of them were seen to take effect.</summary>
    public int FaultsConfirmed { get; init; }

    /// <summary>Why the load without faults went wrong already, as the rest of "because ..."; null when it went well.</summary>
    public string? ControlFailure { get; init; }

    /// <summary>Why the run did not reach its end, as the rest of "because ..."; null when it did.</summary>
    public string? Interruption { get; init; }

    /// <summary>True for a run that is there to be measured: it needs no check that could have failed. Those that it has still count.</summary>
    public bool MeasureOnly { get; init; }
}
