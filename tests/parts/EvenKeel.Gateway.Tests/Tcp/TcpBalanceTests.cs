using System.Net;
using System.Text;
using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Tcp;

/// <summary>The policies of connections, which are those of requests.</summary>
public sealed class TcpBalanceTests : IAsyncDisposable
{
    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8")];
    private readonly Origin[] _origins = [Saying("1"), Saying("2"), Saying("3")];

    public async ValueTask DisposeAsync()
    {
        foreach (var origin in _origins)
        {
            await origin.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(BalancePolicy.SourceHash)]
    [InlineData(BalancePolicy.Ring)]
    [InlineData(BalancePolicy.Maglev)]
    [InlineData(BalancePolicy.Rendezvous)]
    public async Task Connections_of_one_client_meet_the_same_instance_as_its_requests(BalancePolicy policy)
    {
        await using var gateway = Open(policy, Loopback);
        await using var http = new TestGateway(options => options with
        {
            TrustedProxies = Loopback, Routes = [new RouteOptions { Path = "/", Service = "web", Balance = policy }],
        });
        foreach (var origin in _origins)
        {
            http.Add(origin);
        }

        var seen = new HashSet<string>();
        for (var client = 1; client <= 20; client++)
        {
            var header = $"PROXY TCP4 192.0.2.{client} 198.51.100.7 {1000 + client} 443\r\n";
            var name = await AskAsync(gateway, header);
            Assert.Equal(name, await AskAsync(gateway, header));
            Assert.Equal(name, (await http.AskAsync($"{header}GET / HTTP/1.1\r\nHost: a\r\n\r\n")).Text);
            seen.Add(name);
        }

        Assert.Equal(["1", "2", "3"], seen.Order());
    }

    [Fact]
    public async Task Connections_follow_the_weights()
    {
        await using var gateway = Open(BalancePolicy.Weighted);
        gateway.Directory.SetWeights(new Dictionary<string, int> { ["web-1"] = 6 });
        var names = new List<string>();
        for (var i = 0; i < 16; i++)
        {
            names.Add(await AskAsync(gateway));
        }

        Assert.Equal((12, 2, 2), (names.Count(name => name == "1"), names.Count(name => name == "2"), names.Count(name => name == "3")));
    }

    [Theory]
    [InlineData(BalancePolicy.PowerOfTwo)]
    [InlineData(BalancePolicy.Random)]
    public async Task All_instances_get_connections(BalancePolicy policy)
    {
        await using var gateway = Open(policy);
        var seen = new HashSet<string>();
        for (var i = 0; i < 200 && seen.Count < 3; i++)
        {
            seen.Add(await AskAsync(gateway));
        }

        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task A_client_meets_the_nearest_region_and_the_next_one_when_it_fails()
    {
        await using var gateway = Open(BalancePolicy.Nearest);
        gateway.Gateway.Apply(gateway.Options with
        {
            Regions = [Region("home", 52.5, 13.4, "127.0.0.0/8", 2), Region("away", 35.7, 139.7, "192.0.2.0/24", 1)],
        });
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("2", await AskAsync(gateway));
        }

        _origins[1].Kill();
        Assert.Equal("1", await AskAsync(gateway));
    }

    private static RegionOptions Region(string name, double latitude, double longitude, string network, int instance)
        => new() { Name = name, Latitude = latitude, Longitude = longitude, Networks = [IPNetwork.Parse(network)], Instances = [$"web-{instance}"] };

    // It answers a request as well as a connection that only ends.
    private static Origin Saying(string name) => new(async channel =>
    {
        while (await channel.ReadHeadAsync() is not null)
        {
            await channel.SendAsync(Origin.Ok(name));
        }
    });

    private static async Task<string> AskAsync(TestTcpGateway gateway, string header = "")
    {
        var client = await gateway.ConnectAsync();
        await client.SendAsync(Encoding.ASCII.GetBytes($"{header}GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        var text = (await Deadline.Within(Reply.ReadAsync(client))).Text;
        client.EndSending();
        return text;
    }

    private TestTcpGateway Open(BalancePolicy policy, IPNetwork[]? trusted = null)
    {
        var gateway = new TestTcpGateway(TestTransport.Open, listener => listener with { Balance = policy, TrustedProxies = trusted });
        foreach (var origin in _origins)
        {
            gateway.Add(origin);
        }

        return gateway;
    }
}
