namespace EvenKeel.Locks.Errors;

/// <summary>Somebody else held the lock for all of the wait.</summary>
public sealed class LockTimeoutException : Exception
{
    internal LockTimeoutException(string name, TimeSpan wait)
        : base($"The lock '{name}' was held by others for all of the {wait.TotalSeconds:0.###} s that were waited. It is not held here.") => Name = name;

    /// <summary>The lock's name.</summary>
    public string Name { get; }
}
