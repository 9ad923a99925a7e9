using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Regions;
using EvenKeel.Gateway.Routing;

namespace EvenKeel.Gateway.Tests.Regions;

/// <summary>Three regions with four instances each: Berlin, Ashburn and Tokyo.</summary>
public sealed class NearestTests
{
    private static readonly GatewayOptions Options = new()
    {
        Regions =
        [
            Region("berlin", 52.5, 13.4, "10.1.0.0/16", "web-1", "web-2", "web-3", "web-4"),
            Region("ashburn", 39.0, -77.5, "10.2.0.0/16", "web-5", "web-6", "web-7", "web-8"),
            Region("tokyo", 35.7, 139.7, "10.3.0.0/16", "web-9", "web-10", "web-11", "web-12"),
        ],
        Places =
        [
            new PlaceOptions { Networks = [IPNetwork.Parse("10.9.0.0/16"), IPNetwork.Parse("fd00:9::/32")], Latitude = 48.9, Longitude = 2.4 },
            new PlaceOptions { Networks = [IPNetwork.Parse("10.2.7.0/24")], Latitude = 37.6, Longitude = 127.0 },
        ],
    };

    private readonly RegionMap _map = RegionMap.Create(Options)!;
    private readonly EndpointDirectory _directory = new(new EjectionOptions { Panic = 50 });
    private readonly EndpointChooser _chooser;

    public NearestTests()
    {
        _chooser = new EndpointChooser(_directory, "web", BalancePolicy.Nearest, null, new HashOptions(), _map, seed: 1);
        for (var i = 1; i <= 12; i++)
        {
            _directory.Add("web", $"web-{i}", new IPEndPoint(IPAddress.Loopback, i));
        }
    }

    [Theory]
    [InlineData("10.1.2.3", "berlin ashburn tokyo")]
    [InlineData("10.2.2.3", "ashburn berlin tokyo")]
    [InlineData("10.3.2.3", "tokyo berlin ashburn")]
    [InlineData("10.9.0.1", "berlin ashburn tokyo")]
    [InlineData("fd00:9::1", "berlin ashburn tokyo")]
    [InlineData("10.2.7.1", "tokyo berlin ashburn")]
    public void Regions_are_ordered_by_the_distance_of_the_longest_prefix(string client, string order)
        => Assert.Equal(order, string.Join(' ', OrderOf(client)!.Select(region => Options.Regions[region].Name)));

    [Fact]
    public void A_client_gets_an_instance_of_its_nearest_region_and_one_that_is_nowhere_any()
    {
        Assert.Equal((100, 0, 0), Shares("10.1.0.1", 100));
        Assert.Equal((0, 0, 100), Shares("10.2.7.1", 100));
        Assert.Null(OrderOf("192.0.2.1"));
        var (berlin, ashburn, tokyo) = Shares("192.0.2.1", 300);
        Assert.True(berlin > 60 && ashburn > 60 && tokyo > 60, $"{berlin} {ashburn} {tokyo}");
    }

    [Fact]
    public void What_a_region_cannot_take_spills_over_to_the_next()
    {
        // 3 of 4 are more than 72 percent: nothing moves.
        _directory.Find("web-1")!.SetStatus(HealthStatus.Unhealthy);
        Assert.Equal((100, 0, 0), Shares("10.1.0.1", 100));

        // 2 of 4 take 70 percent, and the next region the rest.
        _directory.Find("web-2")!.SetStatus(HealthStatus.Unhealthy);
        var (berlin, ashburn, tokyo) = Shares("10.1.0.1", 2000);
        Assert.InRange(berlin, 1300, 1500);
        Assert.Equal((2000 - berlin, 0), (ashburn, tokyo));

        // None: all goes on, though most of what is left would be panic elsewhere.
        _directory.Find("web-3")!.SetStatus(HealthStatus.Unhealthy);
        _directory.Find("web-4")!.SetStatus(HealthStatus.Unhealthy);
        Assert.Equal((0, 100, 0), Shares("10.1.0.1", 100));
        for (var i = 5; i <= 8; i++)
        {
            _directory.Find($"web-{i}")!.SetStatus(HealthStatus.Unhealthy);
        }

        Assert.True(_directory.ServiceOf("web").IsPanicking);
        Assert.Equal((0, 0, 100), Shares("10.1.0.1", 100));
        Assert.Equal((0, 0, 100), Shares("10.2.0.1", 100));
    }

    [Fact]
    public void In_a_panic_the_nearest_that_was_ready_once_is_tried()
    {
        foreach (var endpoint in _directory.Endpoints)
        {
            endpoint.SetStatus(HealthStatus.Unhealthy);
        }

        Assert.Equal((0, 100, 0), Shares("10.2.0.1", 100));
    }

    [Fact]
    public void A_retry_stays_in_the_region_while_somebody_there_was_not_tried()
    {
        var tried = new List<EndpointState?>();
        for (var i = 0; i < 12; i++)
        {
            var context = new ChooseContext { Order = OrderOf("10.2.0.1"), Tried = tried.ToArray() };
            Assert.True(_chooser.TryChoose(in context, out var choice));
            tried.Add(choice.Endpoint);
        }

        Assert.Equal([1, 1, 1, 1, 0, 0, 0, 0, 2, 2, 2, 2], tried.Select(endpoint => (endpoint!.Address.Port - 1) / 4));
        Assert.False(_chooser.TryChoose(new ChooseContext { Order = OrderOf("10.2.0.1"), Tried = tried.ToArray() }, out _));
    }

    [Fact]
    public void Instances_in_no_region_are_the_last_resort_and_those_of_a_service_are_where_it_is()
    {
        var options = Options with { Regions = [Region("berlin", 52.5, 13.4, "10.1.0.0/16", "web-1") with { Services = ["api"] }] };
        var map = RegionMap.Create(options)!;
        var chooser = new EndpointChooser(_directory, "web", BalancePolicy.Nearest, null, new HashOptions(), map, seed: 1);
        var order = map.OrderFor(ClientNetwork.BitsOf(IPAddress.Parse("10.1.0.1")));
        Assert.True(chooser.TryChoose(new ChooseContext { Order = order }, out var first));
        Assert.Equal("web-1", first.Endpoint.Name);
        _directory.Drain("web-1");
        Assert.True(chooser.TryChoose(new ChooseContext { Order = order }, out var last));
        Assert.NotEqual("web-1", last.Endpoint.Name);
        Assert.Equal(0, map.RegionOf(_directory.Add("api", "api-1", new IPEndPoint(IPAddress.Loopback, 99))));
        Assert.Null(RegionMap.Create(new GatewayOptions()));
    }

    private static RegionOptions Region(string name, double latitude, double longitude, string network, params string[] instances)
        => new() { Name = name, Latitude = latitude, Longitude = longitude, Networks = [IPNetwork.Parse(network)], Instances = instances };

    private int[]? OrderOf(string client) => _map.OrderFor(ClientNetwork.BitsOf(IPAddress.Parse(client)));

    private (int Berlin, int Ashburn, int Tokyo) Shares(string client, int requests)
    {
        var counts = new int[3];
        for (var i = 0; i < requests; i++)
        {
            Assert.True(_chooser.TryChoose(new ChooseContext { Order = OrderOf(client) }, out var choice));
            counts[(choice.Endpoint.Address.Port - 1) / 4]++;
            choice.End(EndpointOutcome.Neutral);
        }

        return (counts[0], counts[1], counts[2]);
    }
}
