using Albums.Hosting;
using Albums.Stores;

AlbumsSettings settings;
IAlbumStore store;
try
{
    settings = AlbumsSettings.Read(Environment.GetEnvironmentVariable);
    store = StoreFactory.Create(settings, TimeProvider.System);
}
catch (FormatException error)
{
    await Console.Error.WriteLineAsync($"albums: {error.Message}");
    return 2;
}

await using (store)
await using (WebApplication app = AlbumsHost.Build(settings, store, TimeProvider.System))
{
    try
    {
        await app.StartAsync();
    }
    catch (IOException error)
    {
        await Console.Error.WriteLineAsync(
            $"albums: cannot listen on 127.0.0.1:{settings.Port}: {error.Message} Set PORT to another port, or 0 for a free one.");
        return 1;
    }

    AlbumsLog.Started(app.Logger, string.Join(' ', app.Urls), settings.Store.ToString(), settings.Bug.ToString());
    await app.WaitForShutdownAsync();
}

return 0;
