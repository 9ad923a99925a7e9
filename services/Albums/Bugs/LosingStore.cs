using Albums.Model;
using Albums.Stores;

namespace Albums.Bugs;

/// <summary>Acknowledges every fourth to ninth add without storing it.</summary>
internal sealed class LosingStore(IAlbumStore inner, int seed) : IAlbumStore
{
    private readonly Spacing _spacing = new(seed);

    public async Task<bool> AddAsync(Album album, CancellationToken cancellationToken) =>
        _spacing.Strikes()
            ? await inner.GetAsync(album.Id, cancellationToken) is null
            : await inner.AddAsync(album, cancellationToken);

    public Task<IReadOnlyList<Album>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    public Task<Album?> GetAsync(string id, CancellationToken cancellationToken) => inner.GetAsync(id, cancellationToken);

    public Task<long> NextNumberAsync(CancellationToken cancellationToken) => inner.NextNumberAsync(cancellationToken);

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => inner.RemoveAsync(id, cancellationToken);

    public Task PrepareAsync(CancellationToken cancellationToken) => inner.PrepareAsync(cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
