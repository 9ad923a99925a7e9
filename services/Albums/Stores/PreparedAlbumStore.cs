using Albums.Model;

namespace Albums.Stores;

/// <summary>
/// Prepares a store before its first use, and tries again at the next use when that failed: an instance starts at once and becomes ready
/// when its store does. Preparing is shared by all who wait for it.
/// </summary>
internal sealed class PreparedAlbumStore(IAlbumStore inner) : IAlbumStore
{
    private readonly Lock _lock = new();
    private Task? _prepared;

    public async Task<IReadOnlyList<Album>> ListAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return await inner.ListAsync(cancellationToken);
    }

    public async Task<Album?> GetAsync(string id, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return await inner.GetAsync(id, cancellationToken);
    }

    public async Task<bool> AddAsync(Album album, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return await inner.AddAsync(album, cancellationToken);
    }

    public async Task<long> NextNumberAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return await inner.NextNumberAsync(cancellationToken);
    }

    public async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return await inner.RemoveAsync(id, cancellationToken);
    }

    public Task PrepareAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_prepared is null || _prepared.IsFaulted || _prepared.IsCanceled)
            {
                // Not cancelled with the request that happened to come first: others wait for the same task.
                _prepared = inner.PrepareAsync(CancellationToken.None);
            }

            return _prepared.WaitAsync(cancellationToken);
        }
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        await inner.CheckAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
