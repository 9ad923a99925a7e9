using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Tests.Endpoints;

public sealed class StaticEndpointsTests
{
    private readonly EndpointDirectory _directory = new();
    private readonly StaticEndpoints _static;

    public StaticEndpointsTests() => _static = new StaticEndpoints(_directory);

    private string Shown => string.Join(", ", _directory.Endpoints.OrderBy(one => one.Name).Select(one => $"{one.Name} {one.Address.Port} {one.Status}"));

    [Fact]
    public void Addresses_become_endpoints_that_a_check_has_to_admit()
    {
        Assert.Equal(new StaticChange(3, 0), _static.Apply([Service("api", 7), Service("web", 1, 2)]));

        Assert.Equal("api-1 7 Starting, web-1 1 Starting, web-2 2 Starting", Shown);
    }

    [Fact]
    public void What_stays_is_the_same_endpoint_and_what_comes_takes_the_lowest_free_number()
    {
        _static.Apply([Service("web", 1, 2, 3)]);
        var kept = _directory.Find("web-3")!;
        kept.SetStatus(HealthStatus.Healthy);
        var removed = _directory.Find("web-1")!;

        Assert.Equal(new StaticChange(1, 2), _static.Apply([Service("web", 9, 3)]));

        Assert.Equal("web-1 9 Starting, web-3 3 Healthy", Shown);
        Assert.Same(kept, _directory.Find("web-3"));
        Assert.True(removed.Removed.IsCompleted);
    }

    [Fact]
    public void The_same_file_again_changes_nothing()
    {
        _static.Apply([Service("web", 1, 2)]);
        var before = _directory.Endpoints.ToList();

        Assert.Equal(default, _static.Apply([Service("web", 2, 1)]));

        Assert.Equal(before, _directory.Endpoints);
    }

    [Fact]
    public void Other_checks_replace_an_endpoint_without_taking_it_out_or_back_in()
    {
        _static.Apply([Service("web", 1, 2)]);
        _directory.Find("web-1")!.SetStatus(HealthStatus.Healthy);
        _directory.Find("web-2")!.SetStatus(HealthStatus.Healthy);
        var before = _directory.Find("web-1");
        _directory.Drain("web-2");

        _static.Apply([Service("web", 1, 2) with { Health = new HealthOptions { Ready = "/other" } }]);

        Assert.Equal("web-1 1 Healthy, web-2 2 Healthy", Shown);
        Assert.NotSame(before, _directory.Find("web-1"));
        Assert.False(_directory.Find("web-1")!.IsDraining);
        Assert.True(_directory.Find("web-2")!.IsDraining);
    }

    [Fact]
    public void What_was_removed_by_hand_stays_out_while_the_file_has_it()
    {
        _static.Apply([Service("web", 1, 2)]);
        _directory.Remove("web-1");

        _static.Apply([Service("web", 1, 2) with { Health = new HealthOptions { Ready = "/other" } }]);

        Assert.Equal("web-2 2 Starting", Shown);
    }

    [Fact]
    public void What_takes_the_name_of_another_has_not_its_weight()
    {
        _static.Apply([Service("web", 1, 2)]);
        _directory.SetWeight("web-1", 5);

        _static.Apply([Service("web", 2, 3)]);

        Assert.Equal("web-1 3 Starting, web-2 2 Starting", Shown);
        Assert.Equal(1, _directory.Find("web-1")!.Weight);
    }

    [Fact]
    public void A_disabled_one_stays_so_whatever_its_checks()
    {
        _static.Apply([Service("web", 1)]);
        _directory.Disable("web-1");

        _static.Apply([Service("web", 1) with { Health = new HealthOptions { Ready = "/other" } }]);

        Assert.True(_directory.Find("web-1")!.IsDisabled);
    }

    [Fact]
    public void Instances_of_commands_are_left_alone()
    {
        _directory.Add("own", "own-1", new IPEndPoint(IPAddress.Loopback, 5));

        _static.Apply([new ServiceOptions { Name = "own", Command = ["x"], Directory = "/" }, Service("web", 1)]);
        Assert.Equal(new StaticChange(0, 1), _static.Apply([]));

        Assert.Equal("own-1 5 Healthy", Shown);
    }

    private static ServiceOptions Service(string name, params int[] ports) => new()
    {
        Name = name,
        Command = [],
        Directory = "/",
        Addresses = [.. ports.Select(port => new IPEndPoint(IPAddress.Loopback, port))],
    };
}
