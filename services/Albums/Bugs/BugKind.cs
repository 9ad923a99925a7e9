namespace Albums.Bugs;

/// <summary>The fault to plant: <c>ALBUMS_BUG</c>.</summary>
internal enum BugKind
{
    /// <summary>None: the default.</summary>
    None = 0,

    /// <summary>Some acknowledged adds are never stored.</summary>
    Lose = 1,

    /// <summary>Some adds are stored twice, and some lists show an album twice.</summary>
    Duplicate = 2,

    /// <summary>Reads are answered from a cache of the instance that is one to two seconds old.</summary>
    Stale = 3,
}
