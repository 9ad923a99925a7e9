namespace EvenKeel.Consistency.Histories;

/// <summary>What an operation asked of the service.</summary>
public enum OperationKind
{
    /// <summary>Adds one element.</summary>
    Add = 0,

    /// <summary>Reads all elements.</summary>
    List = 1,

    /// <summary>Reads one element.</summary>
    Get = 2,

    /// <summary>Removes one element after everything was checked; no check looks at it.</summary>
    Remove = 3,

    /// <summary>Measures availability; only checks of availability look at it.</summary>
    Probe = 4,

    /// <summary>A request of a load. What it did is for an audit to say; no check of elements looks at it.</summary>
    Request = 5,
}
