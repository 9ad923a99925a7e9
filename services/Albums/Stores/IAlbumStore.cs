using Albums.Model;

namespace Albums.Stores;

/// <summary>
/// Where the albums are. Members throw <see cref="StoreUnavailableException"/> when nothing happened and
/// <see cref="StoreOutcomeUnknownException"/> when a write may have happened.
/// </summary>
internal interface IAlbumStore : IAsyncDisposable
{
    /// <summary>All albums, each once, in the order of <see cref="AlbumOrder"/>.</summary>
    Task<IReadOnlyList<Album>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One album, or null.</summary>
    Task<Album?> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Adds an album under its id, in one atomic step.</summary>
    /// <returns>False when the id is taken; then nothing changes.</returns>
    Task<bool> AddAsync(Album album, CancellationToken cancellationToken);

    /// <summary>The next number for an id, never the same twice for all instances that share the store.</summary>
    Task<long> NextNumberAsync(CancellationToken cancellationToken);

    /// <summary>Removes an album.</summary>
    /// <returns>False when there was none.</returns>
    Task<bool> RemoveAsync(string id, CancellationToken cancellationToken);

    /// <summary>Makes the store usable, with the start data if it is new. Several instances may do so at once, and it may be repeated.</summary>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Returns when the store answers, and throws when it does not.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
