using System.Text.Json;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.AccessLogs;
using EvenKeel.Gateway.Tests.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace EvenKeel.Gateway.Tests.AccessLogs;

/// <summary>A gateway with an access log in memory.</summary>
internal sealed class LoggedGateway : IAsyncDisposable
{
    private bool _ended;

    public LoggedGateway(Func<GatewayOptions, GatewayOptions>? change = null, int loops = 1, int capacity = AccessLog.DefaultCapacity)
    {
        Log = new AccessLog(() => Memory, loops, TimeProvider.System, NullLogger.Instance, capacity);
        Gateway = new TestGateway(change, loops, accessLog: Log);
    }

    public MemoryLog Memory { get; } = new();

    public AccessLog Log { get; }

    public TestGateway Gateway { get; }

    /// <summary>Ends the gateway and its log, and gives all lines.</summary>
    public async Task<IReadOnlyList<JsonElement>> EndAsync()
    {
        await DisposeAsync();
        return Memory.Lines;
    }

    /// <summary>Ends the gateway and its log, and gives the only line.</summary>
    public async Task<JsonElement> LineAsync() => Assert.Single(await EndAsync());

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
        {
            _ended = true;
            Memory.Release();
            await Gateway.DisposeAsync();
            await Log.DisposeAsync();
        }
    }
}
