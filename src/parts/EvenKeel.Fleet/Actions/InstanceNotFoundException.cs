namespace EvenKeel.Fleet.Actions;

/// <summary>No instance has the name that was given.</summary>
public sealed class InstanceNotFoundException : Exception
{
    /// <summary>Makes the exception, with a message that lists what there is.</summary>
    public InstanceNotFoundException(string name, IReadOnlyList<string> known)
        : base(UnknownName.Sentence("instance", name, known))
    {
        Name = name;
        Suggestions = UnknownName.Nearest(name, known);
    }

    /// <summary>The name that was given.</summary>
    public string Name { get; }

    /// <summary>The nearest names that exist, best first; possibly none.</summary>
    public IReadOnlyList<string> Suggestions { get; }
}
