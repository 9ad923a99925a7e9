using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Routing;

/// <summary>A gateway with routes and one instance of every service that they name, which answers with the name of its service.</summary>
internal sealed class RoutedSystem : IAsyncDisposable
{
    private readonly List<Origin> _origins = [];

    public RoutedSystem(params RouteOptions[] routes)
        : this(options => options, routes)
    {
    }

    public RoutedSystem(Func<GatewayOptions, GatewayOptions> change, params RouteOptions[] routes)
    {
        // Without traces, whose ids are different in every run, what arrives is known to the letter.
        Gateway = new TestGateway(options => change(options) with { Routes = routes, ContinuesTraces = false });
        var services = routes.SelectMany(route => route.Split?.Targets.Select(target => target.Service) ?? [route.Service]);
        foreach (var service in services.Distinct().Where(service => service.Length > 0))
        {
            var origin = Origin.Serve((_, _) => Origin.Ok(service, Fields));
            _origins.Add(origin);
            Gateway.Add(origin, service);
        }
    }

    public TestGateway Gateway { get; }

    /// <summary>Field lines of every answer.</summary>
    public string Fields { get; set; } = "";

    /// <summary>The heads that arrived at any service.</summary>
    public IEnumerable<List<string>> Heads => _origins.SelectMany(origin => origin.Heads);

    /// <summary>The bodies that arrived at any service, those of one service in their order.</summary>
    public IEnumerable<string> Bodies => _origins.SelectMany(origin => origin.Bodies);

    /// <summary>The service that answers a request.</summary>
    public async Task<string> WhoAsync(string request)
    {
        var reply = await Gateway.AskAsync(request);
        Assert.True(reply.Status == 200, $"{reply.Status} {reply.Text}");
        return reply.Text;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        foreach (var origin in _origins)
        {
            await origin.DisposeAsync();
        }
    }
}
