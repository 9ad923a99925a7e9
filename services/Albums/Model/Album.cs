namespace Albums.Model;

/// <summary>An album as it travels and as it is stored.</summary>
internal sealed record Album(string Id, string Title, string Artist, double Price);
