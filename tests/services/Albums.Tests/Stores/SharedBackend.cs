using Albums.Bugs;
using Albums.Hosting;
using Albums.Stores;
using EvenKeel.TestServers;

namespace Albums.Tests.Stores;

/// <summary>A new and empty place for albums, to which any number of instances can open a store.</summary>
internal sealed class SharedBackend : IAsyncDisposable
{
    private readonly List<IAlbumStore> _stores = [];
    private readonly PostgresServer _postgres;
    private RespServer? _resp;
    private AlbumsSettings _settings = new(0, StoreKind.Memory, null, null, BugKind.None, 1);

    private SharedBackend(PostgresServer postgres) => _postgres = postgres;

    /// <summary>Where the albums are, as the settings of an instance say it.</summary>
    public AlbumsSettings Settings => _settings;

    public static async Task<SharedBackend> CreateAsync(StoreKindUnderTest kind, PostgresServer postgres)
    {
        var backend = new SharedBackend(postgres);
        if (kind == StoreKindUnderTest.Postgres)
        {
            backend._settings = backend._settings with { Store = StoreKind.Postgres, Postgres = await postgres.CreateDatabaseAsync() };
        }
        else if (kind is StoreKindUnderTest.Redis or StoreKindUnderTest.Node)
        {
            backend._resp = await RespServer.StartAsync(kind == StoreKindUnderTest.Redis ? ServerKind.Redis : ServerKind.Node);
            backend._settings = backend._settings with { Store = StoreKind.State, State = backend._resp.Address.ToString() };
        }

        return backend;
    }

    /// <summary>What one instance uses.</summary>
    public IAlbumStore Open()
    {
        IAlbumStore store = StoreFactory.Create(_settings, TimeProvider.System);
        _stores.Add(store);
        return store;
    }

    public Task StopAsync() => _resp?.KillAsync() ?? _postgres.StopAsync();

    public Task StartAsync() => _resp?.RestartAsync() ?? _postgres.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (IAlbumStore store in _stores)
        {
            await store.DisposeAsync();
        }

        if (_resp is not null)
        {
            await _resp.DisposeAsync();
        }
    }
}
