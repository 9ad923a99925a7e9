using EvenKeel.Proof.Systems;

namespace EvenKeel.Proof.Faults;

/// <summary>What became of a planned fault. All times are counted from the start of the scenario.</summary>
/// <param name="Plan">The fault.</param>
/// <param name="InjectedAt">When it was asked for.</param>
/// <param name="Confirmations">What was observed of each target.</param>
public sealed record FaultRecord(PlannedFault Plan, TimeSpan InjectedAt, IReadOnlyList<FaultConfirmation> Confirmations)
{
    /// <summary>When the last target was observed to be hit; null when one was not.</summary>
    public TimeSpan? ConfirmedAt { get; init; }

    /// <summary>For a pause: when every target was observed to run again; null until then, or when it could not be observed.</summary>
    public TimeSpan? UndoneAt { get; init; }

    /// <summary>When every target was ready again; null when that was not seen.</summary>
    public TimeSpan? RecoveredAt { get; init; }

    /// <summary>How many operations were under way when it was asked for, or began before its effect was over.</summary>
    public int OperationsDuring { get; init; }

    /// <summary>True when the effect on every target was observed.</summary>
    public bool Confirmed => ConfirmedAt is not null;

    /// <summary>What was observed, or why not, of all targets.</summary>
    public string Detail => string.Join("; ", Confirmations.Select(confirmation => confirmation.Detail));
}
