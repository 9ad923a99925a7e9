namespace EvenKeel.Consistency.Checks;

/// <summary>What a check speaks about.</summary>
public enum CheckSubject
{
    /// <summary>What the elements are: a violation stands whatever else happened.</summary>
    Data = 0,

    /// <summary>Whether, and by whom, requests are answered: a violation can be blamed on faults only when the same load went well without them.</summary>
    Service = 1,
}
