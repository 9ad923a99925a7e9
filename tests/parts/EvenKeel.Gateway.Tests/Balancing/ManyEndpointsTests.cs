using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Balancing;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Tests.Endpoints;

namespace EvenKeel.Gateway.Tests.Balancing;

/// <summary>What a choice costs and gives where endpoints are many: none looks at all of them for every request.</summary>
public sealed class ManyEndpointsTests
{
    [Theory]
    [InlineData(BalancePolicy.Ring)]
    [InlineData(BalancePolicy.Maglev)]
    public void Ten_thousand_endpoints_have_a_table(BalancePolicy policy)
    {
        var set = CandidateSet.Create(1, 0, Make(10_000), policy, new HashOptions(), before: null);
        Assert.Equal(policy == BalancePolicy.Ring, set.Ring is not null);
        Assert.Equal(policy == BalancePolicy.Maglev, set.Maglev is not null);
    }

    [Fact]
    public void Endpoints_too_heavy_for_any_ring_are_hashed_without_one()
    {
        var members = Make(8_400);
        foreach (var member in members)
        {
            member.Weight = 1000;
        }

        Assert.Null(CandidateSet.Create(1, 0, members, BalancePolicy.Ring, new HashOptions(), before: null).Ring);
    }

    [Fact]
    public void What_is_in_flight_is_added_up_anew_after_a_sixteenth_as_many_choices()
    {
        var endpoints = Make(64);
        var load = new GroupLoad(endpoints);
        Assert.True(load.TryRead(10, out var total));
        Assert.Equal(1, total);
        Assert.True(endpoints[7].TryBegin());
        Assert.True(load.TryRead(13, out total));
        Assert.Equal(1, total);
        Assert.True(load.TryRead(14, out total));
        Assert.Equal(2, total);
        Assert.Equal(64, load.Weights);
        Assert.False(new GroupLoad(Make(31)).TryRead(1, out _));
    }

    [Fact]
    public void A_key_that_everybody_asks_for_fills_none_of_a_hundred_beyond_the_bound()
    {
        var directory = new EndpointDirectory();
        for (var number = 0; number < 100; number++)
        {
            directory.Add("web", $"web-{number}", new IPEndPoint(IPAddress.Loopback, 1));
        }

        var chooser = new EndpointChooser(
            directory, "web", BalancePolicy.Ring, null, new HashOptions { BoundedLoad = 125 }, seed: 1);
        for (var i = 0; i < 1000; i++)
        {
            Assert.True(chooser.TryChoose(new ChooseContext { Key = 42 }, out _));
        }

        // 125 percent of an even share of 10, rounded up.
        Assert.All(directory.Endpoints, endpoint => Assert.InRange(endpoint.InFlight, 0, 13));
    }

    private static EndpointState[] Make(int count) =>
    [
        .. Enumerable.Range(0, count).Select(number => new EndpointState(
            "web", $"web-{number}", new IPEndPoint(IPAddress.Loopback, 1), HealthStatus.Healthy, new EjectionOptions(), new TestTime())),
    ];
}
