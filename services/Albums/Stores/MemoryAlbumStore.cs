using Albums.Model;

namespace Albums.Stores;

/// <summary>Albums in this process alone: another instance has others, and a crash loses them. That is what this store shows.</summary>
internal sealed class MemoryAlbumStore : IAlbumStore
{
    private readonly Lock _lock = new();
    private readonly SortedSet<Album> _albums = new(StartAlbums.All, AlbumOrder.Instance);
    private long _last = StartAlbums.All.Count;

    public Task<IReadOnlyList<Album>> ListAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<Album>>([.. _albums]);
        }
    }

    public Task<Album?> GetAsync(string id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_albums.TryGetValue(Key(id), out Album? album) ? album : null);
        }
    }

    public Task<bool> AddAsync(Album album, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_albums.Add(album));
        }
    }

    public Task<long> NextNumberAsync(CancellationToken cancellationToken) => Task.FromResult(Interlocked.Increment(ref _last));

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_albums.Remove(Key(id)));
        }
    }

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => default;

    /// <summary>The order compares ids alone, so that any album with the id finds it.</summary>
    private static Album Key(string id) => new(id, "", "", 0);
}
