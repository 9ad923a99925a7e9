using System.Net;
using EvenKeel.Cli.Clusters;
using EvenKeel.Cli.Exits;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Cli.Tests.Clusters;

public sealed class ClusterEndpointsTests
{
    private static readonly ServiceOptions Web = new()
    {
        Name = "web", Command = [], Directory = "/", Addresses = [new IPEndPoint(IPAddress.Loopback, 1), new IPEndPoint(IPAddress.Loopback, 2)],
    };

    private readonly EndpointDirectory _directory = new();
    private readonly StaticEndpoints _static;
    private readonly ClusterEndpoints _endpoints;

    public ClusterEndpointsTests()
    {
        var cluster = new ClusterOptions { Name = "alone", Directory = "/", File = "/evenkeel.yaml", Services = [Web], Gateway = new GatewayOptions() };
        _static = new StaticEndpoints(_directory);
        _static.Apply(cluster.Services);
        foreach (var endpoint in _directory.Endpoints)
        {
            endpoint.SetStatus(HealthStatus.Healthy);
        }

        _endpoints = new ClusterEndpoints(_directory, () => cluster, TimeProvider.System);
    }

    private string Shown => string.Join(", ", _endpoints.List().Select(one => $"{one.Name} {one.State} {one.Weight}"));

    [Fact]
    public async Task What_was_taken_out_by_hand_can_be_let_back_in_after_a_reload_with_other_checks()
    {
        await _endpoints.DrainAsync("web-1", TimeSpan.Zero, TestContext.Current.CancellationToken);
        _endpoints.Disable("web-2");
        _static.Apply([Web with { Health = new HealthOptions { Ready = "/other" } }]);
        Assert.Equal("web-1 draining 1, web-2 disabled 1", Shown);

        _endpoints.Undrain("web-1");
        _endpoints.Enable("web-2");
        Assert.Equal("web-1 ready 1, web-2 starting 1", Shown);
    }

    [Fact]
    public void A_disabled_endpoint_is_enabled_and_not_undrained()
    {
        _endpoints.Disable("web-1");
        var error = Assert.Throws<CommandException>(() => _endpoints.Undrain("web-1"));
        Assert.Equal(("EK4004", "web-1 is disabled"), (error.Code, error.Message));
        _endpoints.Disable("web-1");
        _endpoints.Enable("web-1");
        _endpoints.Enable("web-1");
        Assert.Equal("web-1 starting 1, web-2 ready 1", Shown);
    }

    [Fact]
    public void What_is_being_stopped_can_neither_be_disabled_nor_enabled()
    {
        _endpoints.Disable("web-1");
        foreach (var name in new[] { "web-1", "web-2" })
        {
            _endpoints.Withdraw(name);
            _directory.Drain(name);
        }

        Assert.Equal("web-1 is being stopped and cannot be enabled", Assert.Throws<CommandException>(() => _endpoints.Enable("web-1")).Message);
        Assert.Equal("web-2 is being stopped and cannot be disabled", Assert.Throws<CommandException>(() => _endpoints.Disable("web-2")).Message);
    }

    [Fact]
    public void A_weight_goes_with_the_server()
    {
        _endpoints.Weigh("web-1", 3);
        Assert.Equal("web-1 ready 3, web-2 ready 1", Shown);
        Assert.Equal("EK4001", Assert.Throws<CommandException>(() => _endpoints.Weigh("web-9", 3)).Code);

        // Whoever has the name next is another server.
        _endpoints.Remove("web-1");
        _endpoints.Add("web", new IPEndPoint(IPAddress.Loopback, 3));
        Assert.Equal("web-1 starting 1, web-2 ready 1", Shown);
    }

    [Fact]
    public void Services_that_panic_are_shown()
    {
        Assert.False(Assert.Single(_endpoints.Services()).IsPanicking);
        foreach (var endpoint in _directory.Endpoints)
        {
            endpoint.SetStatus(HealthStatus.Unhealthy);
        }

        Assert.True(Assert.Single(_endpoints.Services()).IsPanicking);
    }
}
