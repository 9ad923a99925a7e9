using Albums.Model;
using Albums.Stores;

namespace Albums.Tests.Api;

/// <summary>A store whose every operation fails in one way.</summary>
internal sealed class FailingStore(Exception failure) : IAlbumStore
{
    public Task<IReadOnlyList<Album>> ListAsync(CancellationToken cancellationToken) => Task.FromException<IReadOnlyList<Album>>(failure);

    public Task<Album?> GetAsync(string id, CancellationToken cancellationToken) => Task.FromException<Album?>(failure);

    public Task<bool> AddAsync(Album album, CancellationToken cancellationToken) => Task.FromException<bool>(failure);

    public Task<long> NextNumberAsync(CancellationToken cancellationToken) => Task.FromException<long>(failure);

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => Task.FromException<bool>(failure);

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.FromException(failure);

    public Task CheckAsync(CancellationToken cancellationToken) => Task.FromException(failure);

    public ValueTask DisposeAsync() => default;
}
