namespace Albums.Model;

/// <summary>The albums that every store begins with.</summary>
internal static class StartAlbums
{
    public static IReadOnlyList<Album> All { get; } =
    [
        new("1", "Blue Train", "John Coltrane", 56.99),
        new("2", "Jeru", "Gerry Mulligan", 17.99),
        new("3", "Sarah Vaughan and Clifford Brown", "Sarah Vaughan", 39.99),
    ];
}
