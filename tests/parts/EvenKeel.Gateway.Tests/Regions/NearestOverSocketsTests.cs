using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Regions;

public sealed class NearestOverSocketsTests
{
    [Fact]
    public async Task A_client_is_where_its_address_is_and_a_reload_moves_it()
    {
        await using var near = Origin.Say("near");
        await using var far = Origin.Say("far");
        await using var gateway = new TestGateway(options => options with
        {
            Routes = [new RouteOptions { Path = "/", Service = "web", Balance = BalancePolicy.Nearest }],
            Regions = [Region("home", 52.5, 13.4, "127.0.0.0/8", "web-1"), Region("away", 35.7, 139.7, "192.0.2.0/24", "web-2")],
        });
        gateway.Add(near);
        gateway.Add(far);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("near", (await gateway.GetAsync()).Text);
        }

        gateway.Gateway.Apply(gateway.Options with
        {
            Regions = [Region("home", 52.5, 13.4, "192.0.2.0/24", "web-1"), Region("away", 35.7, 139.7, "127.0.0.0/8", "web-2")],
        });
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("far", (await gateway.GetAsync()).Text);
        }

        // The region fails over to the next.
        far.Kill();
        Assert.Equal("near", (await gateway.GetAsync()).Text);
    }

    private static RegionOptions Region(string name, double latitude, double longitude, string network, string instance)
        => new() { Name = name, Latitude = latitude, Longitude = longitude, Networks = [IPNetwork.Parse(network)], Instances = [instance] };
}
