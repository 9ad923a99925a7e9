using System.Text.Json;
using Albums.Api;
using Albums.Model;
using EvenKeel.State;
using EvenKeel.State.Commands;
using EvenKeel.State.Errors;

namespace Albums.Stores;

/// <summary>
/// Albums in one hash of a RESP server: field = id, value = JSON. HSETNX is the atomic add, INCR the atomic number. The start data is stored
/// by HSETNX, and <c>albums:started</c> then remembers it for good, so that an instance that starts later does not bring back what was
/// deleted. Not handled: a start album that one instance deletes while another is in the middle of the very first start may come back.
/// </summary>
internal sealed class StateAlbumStore(StateClient client) : IAlbumStore
{
    private const string Albums = "albums";
    private const string Started = "albums:started";
    private const string Counter = "albums:last";

    public async Task<IReadOnlyList<Album>> ListAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ReadOnlyMemory<byte>> values = await ReadAsync(client.HashValuesAsync(Albums, cancellationToken));
        return AlbumOrder.Sort(values.Select(Parse));
    }

    public async Task<Album?> GetAsync(string id, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte>? value = await ReadAsync(client.HashGetAsync(Albums, id, cancellationToken));
        return value is { } bytes ? Parse(bytes) : null;
    }

    public Task<bool> AddAsync(Album album, CancellationToken cancellationToken) =>
        WriteAsync(client.HashSetIfAbsentAsync(Albums, album.Id, Serialize(album), cancellationToken));

    /// <summary>A number that was drawn and lost is a gap and no write, so that the failure is like that of a read.</summary>
    public Task<long> NextNumberAsync(CancellationToken cancellationToken) => ReadAsync(client.IncrementAsync(Counter, cancellationToken));

    public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => WriteAsync(client.HashDeleteAsync(Albums, id, cancellationToken));

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(client.GetAsync(Started, cancellationToken)) is not null)
        {
            return;
        }

        await ReadAsync(client.SetIfAbsentAsync(Counter, StartAlbums.All.Count, cancellationToken));
        foreach (Album album in StartAlbums.All)
        {
            await ReadAsync(client.HashSetIfAbsentAsync(Albums, album.Id, Serialize(album), cancellationToken));
        }

        await ReadAsync(client.SetIfAbsentAsync(Started, "1", cancellationToken));
    }

    public Task CheckAsync(CancellationToken cancellationToken) => ReadAsync(client.PingAsync(cancellationToken));

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static byte[] Serialize(Album album) => JsonSerializer.SerializeToUtf8Bytes(album, AlbumsJson.Default.Album);

    private static Album Parse(ReadOnlyMemory<byte> value) => JsonSerializer.Deserialize(value.Span, AlbumsJson.Default.Album)!;

    private static async Task<T> ReadAsync<T>(Task<T> operation)
    {
        try
        {
            return await operation;
        }
        catch (StateException error)
        {
            throw new StoreUnavailableException(error.Message, error);
        }
    }

    private static async Task ReadAsync(Task operation)
    {
        try
        {
            await operation;
        }
        catch (StateException error)
        {
            throw new StoreUnavailableException(error.Message, error);
        }
    }

    private static async Task<bool> WriteAsync(Task<bool> operation)
    {
        try
        {
            return await operation;
        }
        catch (StateOutcomeUnknownException error)
        {
            throw new StoreOutcomeUnknownException(error.Message, error);
        }
        catch (StateException error)
        {
            throw new StoreUnavailableException(error.Message, error);
        }
    }
}
