using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Balancing;

/// <summary>A gateway with one route and instances that answer with their names.</summary>
internal sealed class BalancedSystem : IAsyncDisposable
{
    private readonly List<Origin> _origins = [];
    private ByteChannel? _client;

    public BalancedSystem(BalancePolicy policy, int instances, HashOptions? hash = null, Dictionary<string, int>? weights = null)
    {
        Gateway = new TestGateway(options => options with
        {
            Weights = weights ?? [],
            Routes = [new RouteOptions { Service = "web", Balance = policy, Hash = hash ?? new HashOptions() }],
        });
        for (var number = 1; number <= instances; number++)
        {
            Add();
        }
    }

    public TestGateway Gateway { get; }

    /// <summary>An instance more.</summary>
    /// <param name="origin">What it is; one that answers with its name when null.</param>
    public EndpointState Add(Origin? origin = null)
    {
        _origins.Add(origin ?? Origin.Say($"web-{_origins.Count + 1}"));
        return Gateway.Add(_origins[^1]);
    }

    /// <summary>Who answers requests, one after the other on one connection.</summary>
    public async Task<List<string>> AskAsync(int requests, Func<int, string>? fields = null, Func<int, string>? path = null)
    {
        _client ??= await Gateway.ConnectAsync();
        var names = new List<string>();
        for (var i = 0; i < requests; i++)
        {
            await _client.SendAsync($"GET {path?.Invoke(i) ?? "/"} HTTP/1.1\r\nHost: a\r\n{fields?.Invoke(i)}\r\n");
            names.Add((await Deadline.Within(Reply.ReadAsync(_client))).Text);
        }

        return names;
    }

    /// <summary>How often each name occurs, in the order of names.</summary>
    public static List<int> Shares(List<string> names) => [.. names.GroupBy(name => name).OrderBy(group => group.Key).Select(group => group.Count())];

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        foreach (var origin in _origins)
        {
            await origin.DisposeAsync();
        }
    }
}
