namespace EvenKeel.Configuration.Model;

/// <summary>Changes of the header fields of a request or a response. Removed first, then set, then added.</summary>
public sealed record HeaderChangeOptions
{
    /// <summary>Fields that take the place of all of their name. Values on requests may have placeholders.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Set { get; init; } = [];

    /// <summary>Fields that are added to what is there.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Add { get; init; } = [];

    /// <summary>Names of fields that are taken away.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>True when nothing is changed.</summary>
    public bool IsEmpty => Set.Count + Add.Count + Remove.Count == 0;
}
