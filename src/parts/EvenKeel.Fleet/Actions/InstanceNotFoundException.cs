namespace EvenKeel.Fleet.Actions;

/// <summary>No instance has the name that was given.</summary>
public sealed class InstanceNotFoundException : Exception
{
    /// <summary>Makes the exception, with a message that lists what there is.</summary>
    public InstanceNotFoundException(string name, IReadOnlyList<string> known)
        : this(name, known, "instance")
    {
    }

    /// <summary>Makes the exception where the name may be of something else as well.</summary>
    /// <param name="name">The name that was given.</param>
    /// <param name="known">The names that exist.</param>
    /// <param name="kind">What the name may be of, such as <c>instance or service</c>.</param>
    public InstanceNotFoundException(string name, IReadOnlyList<string> known, string kind)
        : base(UnknownName.Sentence(kind, name, known))
    {
        Name = name;
        Suggestions = UnknownName.Nearest(name, known);
    }

    /// <summary>The name that was given.</summary>
    public string Name { get; }

    /// <summary>The nearest names that exist, best first; possibly none.</summary>
    public IReadOnlyList<string> Suggestions { get; }
}
