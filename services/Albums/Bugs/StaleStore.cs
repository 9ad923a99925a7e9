using Albums.Model;
using Albums.Stores;

namespace Albums.Bugs;

/// <summary>Answers reads from a list that this instance fetched, and fetches it again only after one to two seconds, as a seed decides.</summary>
internal sealed class StaleStore(IAlbumStore inner, int seed, TimeProvider time) : IAlbumStore
{
    private readonly SemaphoreSlim _one = new(1);
    private readonly Random _random = new(seed);
    private IReadOnlyList<Album>? _cached;
    private long _fetched;
    private TimeSpan _keep;

    public async Task<IReadOnlyList<Album>> ListAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_cached is null || time.GetElapsedTime(_fetched) >= _keep)
            {
                _cached = await inner.ListAsync(cancellationToken);
                _fetched = time.GetTimestamp();
                _keep = TimeSpan.FromSeconds(1 + _random.NextDouble());
            }

            return _cached;
        }
        finally
        {
            _one.Release();
        }
    }

    public async Task<Album?> GetAsync(string id, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(album => album.Id == id);

    public Task<bool> AddAsync(Album album, CancellationToken cancellationToken) => inner.AddAsync(album, cancellationToken);

    public Task<long> NextNumberAsync(CancellationToken cancellationToken) => inner.NextNumberAsync(cancellationToken);

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => inner.RemoveAsync(id, cancellationToken);

    public Task PrepareAsync(CancellationToken cancellationToken) => inner.PrepareAsync(cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _one.Dispose();
        await inner.DisposeAsync();
    }
}
