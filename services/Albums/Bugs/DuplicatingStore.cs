using System.Globalization;
using Albums.Model;
using Albums.Stores;

namespace Albums.Bugs;

/// <summary>Stores every fourth to ninth add a second time under a number, and shows the last album twice in every fourth to ninth list.</summary>
internal sealed class DuplicatingStore(IAlbumStore inner, int seed) : IAlbumStore
{
    private readonly Spacing _adds = new(seed);
    private readonly Spacing _lists = new(seed + 1);

    public async Task<bool> AddAsync(Album album, CancellationToken cancellationToken)
    {
        bool added = await inner.AddAsync(album, cancellationToken);
        if (added && _adds.Strikes())
        {
            long number = await inner.NextNumberAsync(cancellationToken);
            await inner.AddAsync(album with { Id = number.ToString(CultureInfo.InvariantCulture) }, cancellationToken);
        }

        return added;
    }

    public async Task<IReadOnlyList<Album>> ListAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Album> albums = await inner.ListAsync(cancellationToken);
        return albums.Count > 0 && _lists.Strikes() ? [.. albums, albums[^1]] : albums;
    }

    public Task<Album?> GetAsync(string id, CancellationToken cancellationToken) => inner.GetAsync(id, cancellationToken);

    public Task<long> NextNumberAsync(CancellationToken cancellationToken) => inner.NextNumberAsync(cancellationToken);

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => inner.RemoveAsync(id, cancellationToken);

    public Task PrepareAsync(CancellationToken cancellationToken) => inner.PrepareAsync(cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
