namespace Albums.Model;

/// <summary>An album that somebody wants to add, as it was sent: nothing is checked yet. Without an id the store assigns one.</summary>
internal sealed record AlbumDraft(string? Id, string? Title, string? Artist, double? Price);
