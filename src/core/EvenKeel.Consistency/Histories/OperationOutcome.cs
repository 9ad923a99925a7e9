namespace EvenKeel.Consistency.Histories;

/// <summary>What is known about the effect of an operation. Unknown is never folded into failed.</summary>
public enum OperationOutcome
{
    /// <summary>The service answered as it should: an add took effect, a read returned what it saw.</summary>
    Ok = 0,

    /// <summary>It certainly had no effect. A read that brought no answer has failed too: it says nothing about the elements.</summary>
    Failed = 1,

    /// <summary>It may have taken effect, may still do so at any later time, or never.</summary>
    Unknown = 2,
}
