using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Tests.Endpoints;

namespace EvenKeel.Gateway.Tests.Balancing;

public sealed class ChooserPoliciesTests
{
    private readonly TestTime _time = new();
    private readonly EndpointDirectory _directory;

    public ChooserPoliciesTests()
        => _directory = new EndpointDirectory(new EjectionOptions { Failures = 1, Share = 100, SlowStart = TimeSpan.FromSeconds(10) }, _time);

    public static TheoryData<BalancePolicy> Policies => [.. Enum.GetValues<BalancePolicy>()];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Changes_count_from_the_next_choice_on(BalancePolicy policy)
    {
        Add(2);
        var chooser = Make(policy);
        Assert.All(Choose(chooser, 50), name => Assert.Contains(name, new[] { "web-1", "web-2" }));
        _directory.Drain("web-1");
        Assert.Equal(["web-2"], Choose(chooser, 50));
        Add(1, from: 3);
        Assert.Equal(["web-2", "web-3"], Choose(chooser, 200).Order());
        _directory.Find("web-2")!.SetStatus(HealthStatus.Unhealthy);
        Assert.Equal(["web-3"], Choose(chooser, 50));
        _directory.Find("web-2")!.SetStatus(HealthStatus.Healthy);
        _directory.Find("web-3")!.End(EndpointOutcome.Failed, trial: false);
        Assert.Equal(["web-2"], Choose(chooser, 50));
        _directory.Remove("web-2");
        Assert.Equal(["web-3"], Choose(chooser, 50));
        _directory.Remove("web-3");
        Assert.False(chooser.TryChoose(default, out _));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void What_was_tried_is_never_chosen_and_all_are_tried_in_the_end(BalancePolicy policy)
    {
        Add(6);
        var chooser = Make(policy);
        for (var key = 0UL; key < 50; key++)
        {
            var tried = new EndpointState?[6];
            for (var attempt = 0; attempt < tried.Length; attempt++)
            {
                Assert.True(chooser.TryChoose(new ChooseContext { Key = key << 55, Tried = tried.AsSpan(0, attempt) }, out var choice));
                choice.End(EndpointOutcome.Neutral);
                Assert.DoesNotContain(choice.Endpoint, tried);
                tried[attempt] = choice.Endpoint;
            }

            Assert.False(chooser.TryChoose(new ChooseContext { Key = key << 55, Tried = tried }, out _));
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void More_than_256_endpoints_all_get_requests(BalancePolicy policy)
    {
        Add(300);
        Assert.Equal(300, Choose(Make(policy), 12_000).Count);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void No_choice_allocates(BalancePolicy policy)
    {
        Add(50);
        var chooser = Make(policy);
        Choose(chooser, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0UL; i < 1000; i++)
        {
            chooser.TryChoose(new ChooseContext { Key = i << 54 }, out var choice);
            choice.End(EndpointOutcome.Succeeded, TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(BalancePolicy.Ring)]
    [InlineData(BalancePolicy.Maglev)]
    public void A_key_that_everybody_asks_for_fills_no_instance_beyond_the_bound(BalancePolicy policy)
    {
        Add(4);
        var bounded = Make(policy, new HashOptions { BoundedLoad = 125 });
        for (var i = 0; i < 100; i++)
        {
            Assert.True(bounded.TryChoose(new ChooseContext { Key = 42 }, out _));
        }

        // 125 percent of an even share of 25, rounded up.
        Assert.All(_directory.Endpoints, endpoint => Assert.InRange(endpoint.InFlight, 1, 32));
        var free = Make(policy);
        Assert.True(free.TryChoose(new ChooseContext { Key = 42 }, out var first));
        Assert.True(free.TryChoose(new ChooseContext { Key = 42 }, out var second));
        Assert.Same(first.Endpoint, second.Endpoint);
    }

    [Fact]
    public void Requests_in_flight_are_compared_for_the_weight()
    {
        _directory.SetWeights(new Dictionary<string, int> { ["web-1"] = 3, ["web-9"] = 5 });
        Add(2);
        var chooser = Make(BalancePolicy.LeastConnections);
        for (var i = 0; i < 40; i++)
        {
            Assert.True(chooser.TryChoose(default, out _));
        }

        Assert.Equal([30, 10], _directory.Endpoints.Select(endpoint => endpoint.InFlight));
        _directory.SetWeights(new Dictionary<string, int>());
        for (var i = 0; i < 20; i++)
        {
            Assert.True(chooser.TryChoose(default, out _));
        }

        Assert.Equal([30, 30], _directory.Endpoints.Select(endpoint => endpoint.InFlight));
    }

    [Fact]
    public void The_one_that_answers_sooner_gets_the_requests_until_the_other_is_tried_again()
    {
        Add(2);
        var chooser = Make(BalancePolicy.LeastTime);
        var slow = _directory.Find("web-1");
        string Ask()
        {
            Assert.True(chooser.TryChoose(default, out var choice));
            choice.End(EndpointOutcome.Succeeded, TimeSpan.FromMilliseconds(choice.Endpoint == slow ? 80 : 10));
            return choice.Endpoint.Name;
        }

        Assert.Equal(["web-1", "web-2"], new[] { Ask(), Ask() }.Order());
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal("web-2", Ask()));

        // Not heard of for ten seconds: one request tells.
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(["web-1", "web-2"], new[] { Ask(), Ask() }.Order());
        Assert.Equal("web-2", Ask());
    }

    [Theory]
    [InlineData(BalancePolicy.Weighted)]
    [InlineData(BalancePolicy.PowerOfTwo)]
    public void An_instance_that_comes_back_begins_with_a_small_share(BalancePolicy policy)
    {
        Add(2);
        var chooser = Make(policy);
        var back = _directory.Find("web-1")!;
        back.SetStatus(HealthStatus.Unhealthy);
        back.SetStatus(HealthStatus.Healthy);
        Assert.InRange(Share(chooser, back), 20, 200);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange(Share(chooser, back), 480, 520);
    }

    private static int Share(EndpointChooser chooser, EndpointState of) => Enumerable.Range(0, 1000).Count(_ =>
    {
        Assert.True(chooser.TryChoose(default, out var choice));
        choice.End(EndpointOutcome.Succeeded);
        return choice.Endpoint == of;
    });

    private static HashSet<string> Choose(EndpointChooser chooser, int times)
    {
        var names = new HashSet<string>();
        for (var i = 0; i < times; i++)
        {
            Assert.True(chooser.TryChoose(default, out var choice));
            choice.End(EndpointOutcome.Neutral);
            names.Add(choice.Endpoint.Name);
        }

        return names;
    }

    private EndpointChooser Make(BalancePolicy policy, HashOptions? hash = null) => new(_directory, "web", policy, null, hash, seed: 1);

    private void Add(int count, int from = 1)
    {
        for (var number = from; number < from + count; number++)
        {
            _directory.Add("web", $"web-{number}", new IPEndPoint(IPAddress.Loopback, number));
        }
    }
}
