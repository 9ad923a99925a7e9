using System.Net;
using EvenKeel.State.Server;
using EvenKeel.State.Server.Options;

namespace EvenKeel.TestServers;

/// <summary>Either server, which a test can end and start again on the same port, empty.</summary>
internal sealed class RespServer : IAsyncDisposable
{
    private RedisServer? _redis;
    private StateServer? _node;

    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    public static async Task<RespServer> StartAsync(ServerKind kind)
    {
        var server = new RespServer();
        if (kind == ServerKind.Redis)
        {
            server._redis = await RedisServer.StartAsync();
            server.Address = server._redis.Address;
        }
        else
        {
            await server.RestartAsync();
        }

        return server;
    }

    /// <summary>The redis-server, where this is one.</summary>
    public RedisServer? Redis => _redis;

    public async Task KillAsync()
    {
        if (_redis is not null)
        {
            await _redis.KillAsync();
        }
        else
        {
            await _node!.DisposeAsync();
        }
    }

    public async Task RestartAsync()
    {
        if (_redis is not null)
        {
            await _redis.RestartAsync();
        }
        else
        {
            _node = StateServer.Start(Address, new StateServerOptions());
            Address = _node.Address;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
        else
        {
            await _node!.DisposeAsync();
        }
    }
}
