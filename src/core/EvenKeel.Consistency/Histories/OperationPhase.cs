namespace EvenKeel.Consistency.Histories;

/// <summary>The part of a proof in which an operation was sent.</summary>
public enum OperationPhase
{
    /// <summary>The load without faults that comes first.</summary>
    Control = 0,

    /// <summary>The load with faults.</summary>
    Faults = 1,

    /// <summary>After the faults were undone, until every instance is ready again.</summary>
    Settle = 2,

    /// <summary>The last reads, when nothing is added any more: what they do not show is gone.</summary>
    Final = 3,

    /// <summary>Tidying up, after everything was checked.</summary>
    CleanUp = 4,
}
