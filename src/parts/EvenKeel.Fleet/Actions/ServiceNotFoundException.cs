namespace EvenKeel.Fleet.Actions;

/// <summary>No service has the name that was given.</summary>
public sealed class ServiceNotFoundException : Exception
{
    /// <summary>Makes the exception, with a message that lists what there is.</summary>
    public ServiceNotFoundException(string name, IReadOnlyList<string> known)
        : base(UnknownName.Sentence("service", name, known))
    {
        Name = name;
        Suggestions = UnknownName.Nearest(name, known);
    }

    /// <summary>The name that was given.</summary>
    public string Name { get; }

    /// <summary>The nearest names that exist, best first; possibly none.</summary>
    public IReadOnlyList<string> Suggestions { get; }
}
