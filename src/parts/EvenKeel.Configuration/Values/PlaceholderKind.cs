namespace EvenKeel.Configuration.Values;

/// <summary>What a placeholder of a request stands for.</summary>
public enum PlaceholderKind
{
    /// <summary>The element's id; in a load a text that is unique in the load.</summary>
    Id = 0,

    /// <summary>The element's value; in a load the same as the id.</summary>
    Value = 1,

    /// <summary>The number of the request.</summary>
    Number = 2,

    /// <summary>The seed.</summary>
    Seed = 3,

    /// <summary>A text that differs between two runs.</summary>
    Run = 4,

    /// <summary>A UUID that no other request of any run has.</summary>
    Uuid = 5,

    /// <summary>The time of the request in UTC, moved by <see cref="Placeholder.Span"/>.</summary>
    Now = 6,

    /// <summary>The last time at or before the request that is a whole multiple of <see cref="Placeholder.Span"/> since 1970, in UTC.</summary>
    Boundary = 7,

    /// <summary>One of <see cref="Placeholder.Choices"/>, drawn evenly.</summary>
    Choice = 8,

    /// <summary>A whole number from <see cref="Placeholder.Min"/> to <see cref="Placeholder.Max"/>, drawn evenly.</summary>
    Int = 9,
}
