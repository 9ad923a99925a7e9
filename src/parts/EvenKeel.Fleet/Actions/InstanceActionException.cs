namespace EvenKeel.Fleet.Actions;

/// <summary>An action was refused, or its effect was not observed in time. Each line of the message concerns one instance.</summary>
public sealed class InstanceActionException : Exception
{
    /// <summary>Makes the exception from one sentence per instance.</summary>
    public InstanceActionException(IReadOnlyList<string> failures)
        : base(string.Join('\n', failures)) => Failures = failures;

    /// <summary>True when nothing was done, as the state of an instance does not allow it; false when something was done and its effect not seen.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>One sentence for each instance that failed.</summary>
    public IReadOnlyList<string> Failures { get; }
}
