namespace EvenKeel.Configuration.Model;

/// <summary>What a value has to be.</summary>
public enum MatchKind
{
    /// <summary>The text itself, case included.</summary>
    Equal = 0,

    /// <summary>Something that begins with the text, case included.</summary>
    Prefix,

    /// <summary>Anything, even nothing, as long as it is there.</summary>
    Present,

    /// <summary>Not there at all.</summary>
    Absent,
}
