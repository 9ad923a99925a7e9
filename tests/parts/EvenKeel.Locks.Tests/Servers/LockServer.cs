using EvenKeel.Locks.Postgres;
using EvenKeel.Locks.Redis;
using EvenKeel.State;
using EvenKeel.State.Options;
using EvenKeel.TestServers;
using Npgsql;

namespace EvenKeel.Locks.Tests.Servers;

/// <summary>A real server of one kind, and clients of it that know nothing of each other.</summary>
internal sealed class LockServer : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];
    private RespServer? _resp;
    private PostgresServer? _postgres;
    private string _database = "";

    public static async Task<LockServer> StartAsync(string kind)
    {
        var server = new LockServer();
        if (kind == "postgresql")
        {
            server._postgres = new PostgresServer();
            await server._postgres.InitializeAsync();
            var address = new Uri(await server._postgres.CreateDatabaseAsync());
            server._database = $"Host=127.0.0.1;Port={address.Port};Username=postgres;Database={address.AbsolutePath.Trim('/')};Timeout=5;Maximum Pool Size=20";
        }
        else
        {
            server._resp = await RespServer.StartAsync(kind == "redis" ? ServerKind.Redis : ServerKind.Node);
        }

        return server;
    }

    public NpgsqlDataSource Source()
    {
        NpgsqlDataSource source = NpgsqlDataSource.Create(_database);
        _owned.Add(source);
        return source;
    }

    public StateClient Client()
    {
        var client = new StateClient(StateConnectionString.Parse($"{_resp!.Address},timeout=5s"));
        _owned.Add(client);
        return client;
    }

    public async Task<ILockProvider> ProviderAsync(LockProviderOptions? options = null)
    {
        ILockProvider provider = _resp is not null
            ? StateLocks.Create(Client(), options)
            : await PostgresLocks.OpenAsync(Source(), options, null, null, TestContext.Current.CancellationToken);
        _owned.Add(provider);
        return provider;
    }

    public Task StopAsync() => _resp?.KillAsync() ?? _postgres!.StopAsync();

    public Task StartAgainAsync() => _resp?.RestartAsync() ?? _postgres!.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable owned in Enumerable.Reverse(_owned))
        {
            await owned.DisposeAsync();
        }

        await (_resp?.DisposeAsync() ?? _postgres!.DisposeAsync());
    }
}
