using Albums.Bugs;
using Albums.Stores;
using EvenKeel.State;
using EvenKeel.State.Options;
using Npgsql;

namespace Albums.Hosting;

/// <summary>Makes the store that the settings ask for.</summary>
internal static class StoreFactory
{
    /// <summary>Makes it, without reaching for its server yet.</summary>
    /// <exception cref="FormatException">The address of the server is not valid.</exception>
    public static IAlbumStore Create(AlbumsSettings settings, TimeProvider time)
    {
        IAlbumStore store = new PreparedAlbumStore(settings.Store switch
        {
            StoreKind.Postgres => new PostgresAlbumStore(NpgsqlDataSource.Create(PostgresAddress.Parse(settings.Postgres!))),
            StoreKind.State => new StateAlbumStore(new StateClient(StateConnectionString.Parse(settings.State!), time)),
            _ => new MemoryAlbumStore(),
        });
        return settings.Bug switch
        {
            BugKind.Lose => new LosingStore(store, settings.BugSeed),
            BugKind.Duplicate => new DuplicatingStore(store, settings.BugSeed),
            BugKind.Stale => new StaleStore(store, settings.BugSeed, time),
            _ => store,
        };
    }
}
