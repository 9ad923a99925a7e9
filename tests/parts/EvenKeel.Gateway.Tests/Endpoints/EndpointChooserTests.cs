using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Affinity;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Tests.Endpoints;

public sealed class EndpointChooserTests
{
    private static readonly EjectionOptions Ejection = new() { Failures = 2, First = TimeSpan.FromSeconds(5), Max = TimeSpan.FromSeconds(60), Share = 100 };
    private readonly TestTime _time = new();
    private readonly EndpointDirectory _directory;
    private readonly EndpointChooser _chooser;

    public EndpointChooserTests()
    {
        _directory = new EndpointDirectory(Ejection, _time);
        _chooser = new EndpointChooser(_directory, "web");
        foreach (int number in new[] { 1, 2, 3 })
        {
            _directory.Add("web", $"web-{number}", new IPEndPoint(IPAddress.Loopback, number));
        }

        _directory.Add("other", "other-1", new IPEndPoint(IPAddress.Loopback, 9));
    }

    [Fact]
    public void Endpoints_of_the_service_are_chosen_in_turn() => Assert.Equal("123123", Serve(6));

    [Fact]
    public void With_fewest_connections_the_idle_one_is_chosen()
    {
        var chooser = new EndpointChooser(_directory, "web", BalancePolicy.LeastConnections);
        EndpointChoice[] open = [.. Enumerable.Range(0, 3).Select(_ => Choose(chooser))];
        Assert.Equal(3, open.Select(choice => choice.Endpoint.Name).Distinct().Count());
        open[1].End(EndpointOutcome.Succeeded);
        Assert.Same(open[1].Endpoint, Choose(chooser).Endpoint);
    }

    [Fact]
    public void What_was_tried_is_not_chosen_again()
    {
        EndpointState?[] tried = new EndpointState?[3];
        for (int attempt = 0; attempt < 3; attempt++)
        {
            Assert.True(_chooser.TryChoose(new ChooseContext { Tried = tried.AsSpan(0, attempt) }, out EndpointChoice choice));
            Assert.DoesNotContain(choice.Endpoint, tried);
            tried[attempt] = choice.Endpoint;
            choice.End(EndpointOutcome.Failed);
        }

        Assert.False(_chooser.TryChoose(new ChooseContext { Tried = tried }, out _));
    }

    [Fact]
    public void Draining_starting_and_unhealthy_endpoints_are_left_out()
    {
        _directory.Drain("web-1");
        _directory.Find("web-2")!.SetStatus(HealthStatus.Unhealthy);
        _directory.Add("web", "web-4", new IPEndPoint(IPAddress.Loopback, 4), HealthStatus.Starting);
        Assert.Equal("333", Serve(3));
    }

    [Fact]
    public void In_a_panic_unhealthy_endpoints_are_used_but_draining_and_starting_ones_never()
    {
        _directory.Drain("web-1");
        _directory.Find("web-2")!.SetStatus(HealthStatus.Unhealthy);
        _directory.Find("web-3")!.SetStatus(HealthStatus.Starting);
        Assert.Equal("222", Serve(3));
        _directory.Remove("web-2");
        Assert.False(_chooser.TryChoose(default, out _));
        Assert.False(new EndpointChooser(_directory, "unknown").TryChoose(default, out _));
    }

    [Fact]
    public void Failures_in_a_row_eject_until_one_trial_succeeds()
    {
        Fail("web-2", times: 2);
        Assert.True(_directory.Find("web-2")!.IsEjected);
        Assert.DoesNotContain('2', Serve(6));
        _time.Advance(TimeSpan.FromSeconds(5));
        EndpointChoice trial = Choose(_chooser);
        Assert.Equal("web-2", trial.Endpoint.Name);
        Assert.DoesNotContain('2', Serve(6));
        trial.End(EndpointOutcome.Succeeded);
        Assert.False(_directory.Find("web-2")!.IsEjected);
        Assert.Contains('2', Serve(3));
    }

    [Fact]
    public void A_failed_trial_ejects_for_twice_as_long()
    {
        Fail("web-2", times: 2);
        _time.Advance(TimeSpan.FromSeconds(5));
        Choose(_chooser).End(EndpointOutcome.Failed);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.DoesNotContain('2', Serve(6));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("web-2", Choose(_chooser).Endpoint.Name);
    }

    [Fact]
    public void A_client_that_hangs_up_counts_for_nothing_and_gives_the_trial_back()
    {
        EndpointState second = _directory.Find("web-2")!;
        for (int i = 0; i < 30; i++)
        {
            Choose(_chooser).End(EndpointOutcome.Neutral);
        }

        Assert.False(second.IsEjected);
        Fail("web-2", times: 2);
        _time.Advance(TimeSpan.FromSeconds(5));
        Choose(_chooser).End(EndpointOutcome.Neutral);
        Assert.True(second.IsEjected);
        Assert.Same(second, Choose(_chooser).Endpoint);
    }

    [Fact]
    public void A_request_from_before_the_ejection_does_not_decide_the_trial()
    {
        EndpointChoice straggler = ChooseNamed("web-2");
        Fail("web-2", times: 2);
        straggler.End(EndpointOutcome.Succeeded);
        Assert.True(_directory.Find("web-2")!.IsEjected);
    }

    [Fact]
    public void When_all_are_ejected_all_are_used()
    {
        foreach (string name in new[] { "web-1", "web-2", "web-3" })
        {
            Fail(name, times: 2);
        }

        Assert.Equal(3, Serve(3).Distinct().Count());
    }

    [Fact]
    public void A_cookie_keeps_the_client_on_its_instance_and_is_given_once()
    {
        var chooser = new EndpointChooser(_directory, "web", affinity: new AffinityToken("ek", new byte[32]));
        EndpointChoice first = Choose(chooser);
        Assert.True(first.MustBind);
        byte[] value = ValueOf(chooser, first.Endpoint);
        for (int i = 0; i < 10; i++)
        {
            Assert.True(chooser.TryChoose(new ChooseContext { Affinity = value }, out EndpointChoice again));
            Assert.Same(first.Endpoint, again.Endpoint);
            Assert.False(again.MustBind);
        }
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("draining")]
    [InlineData("unhealthy")]
    [InlineData("ejected")]
    [InlineData("tried")]
    public void A_client_whose_instance_cannot_serve_is_bound_to_another_at_once(string why)
    {
        var chooser = new EndpointChooser(_directory, "web", affinity: new AffinityToken("ek", new byte[32]));
        EndpointState bound = _directory.Find("web-2")!;
        byte[] value = ValueOf(chooser, bound);
        EndpointState?[] tried = why == "tried" ? [bound] : [];
        Disable("web-2", why);
        Assert.True(chooser.TryChoose(new ChooseContext { Affinity = value, Tried = tried }, out EndpointChoice choice));
        Assert.NotSame(bound, choice.Endpoint);
        Assert.True(choice.MustBind);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("draining")]
    [InlineData("unhealthy")]
    [InlineData("ejected")]
    public void A_client_whose_instance_cannot_serve_is_refused_where_the_route_says_so(string why)
    {
        var chooser = new EndpointChooser(_directory, "web", affinity: new AffinityToken("ek", new byte[32]) { Refuses = true });
        var context = new ChooseContext { Affinity = ValueOf(chooser, _directory.Find("web-2")!) };
        Assert.True(chooser.TryChoose(in context, out EndpointChoice bound));
        Assert.Equal("web-2", bound.Endpoint.Name);
        Disable("web-2", why);

        Assert.False(chooser.TryChoose(in context, out _));
        Assert.True(chooser.Refuses(in context));
        Assert.True(chooser.TryChoose(new ChooseContext { Affinity = new byte[43] }, out EndpointChoice forged), "a value of nobody is none");
        Assert.True(forged.MustBind);
    }

    [Theory]
    [InlineData(BalancePolicy.Ring, "draining")]
    [InlineData(BalancePolicy.Ring, "unhealthy")]
    [InlineData(BalancePolicy.Maglev, "unhealthy")]
    [InlineData(BalancePolicy.Rendezvous, "unhealthy")]
    [InlineData(BalancePolicy.Rendezvous, "ejected")]
    public void A_key_whose_instance_cannot_serve_is_refused_where_the_route_says_so(BalancePolicy policy, string why)
    {
        var chooser = new EndpointChooser(_directory, "web", policy, hash: new HashOptions { Refuses = true });
        var owners = Enumerable.Range(0, 60).ToDictionary(key => (ulong)key * 0x9E37_79B9_7F4A_7C15, _ => "");
        foreach (ulong key in owners.Keys)
        {
            Assert.True(chooser.TryChoose(new ChooseContext { Key = key }, out EndpointChoice choice));
            owners[key] = choice.Endpoint.Name;
        }

        Assert.Equal(3, owners.Values.Distinct().Count());
        Disable("web-2", why);
        foreach (var (key, owner) in owners)
        {
            var context = new ChooseContext { Key = key };
            Assert.Equal(owner != "web-2", chooser.TryChoose(in context, out EndpointChoice choice) && choice.Endpoint.Name == owner);
            Assert.True(chooser.Refuses(in context));
        }

        Assert.True(chooser.TryChoose(default, out _), "a request without a key is balanced by chance");
    }

    [Fact]
    public void Only_the_client_of_an_ejected_instance_is_its_trial_when_cookies_bind()
    {
        var chooser = new EndpointChooser(_directory, "web", affinity: new AffinityToken("ek", new byte[32]));
        byte[] first = ValueOf(chooser, _directory.Find("web-1")!);
        byte[] second = ValueOf(chooser, _directory.Find("web-2")!);
        Fail("web-2", times: 2);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(chooser.TryChoose(new ChooseContext { Affinity = first }, out EndpointChoice stays));
        Assert.Equal("web-1", stays.Endpoint.Name);
        Assert.True(chooser.TryChoose(new ChooseContext { Affinity = second }, out EndpointChoice trial));
        Assert.Equal("web-2", trial.Endpoint.Name);
        Assert.False(trial.MustBind);
    }

    [Theory]
    [InlineData(BalancePolicy.Ring)]
    [InlineData(BalancePolicy.Maglev)]
    public async Task A_bound_is_not_passed_by_loops_that_choose_at_the_same_moment(BalancePolicy policy)
    {
        const int Each = 200;
        const int Loops = 12;
        var chooser = new EndpointChooser(_directory, "web", policy, hash: new HashOptions { BoundedLoad = 125 });
        await Task.WhenAll(Enumerable.Range(0, Loops).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                Assert.True(chooser.TryChoose(new ChooseContext { Key = 7 }, out EndpointChoice _));
            }
        })));

        // Nothing ends, so that the bound of every choice was at most this one, and what other loops were about to take back.
        Assert.Equal(Each * Loops, _directory.Endpoints.Sum(endpoint => endpoint.InFlight));
        Assert.All(_directory.Endpoints, endpoint => Assert.InRange(endpoint.InFlight, 0, 1 + ((Each + 1) * Loops * 125 / 300)));
    }

    private void Disable(string name, string why)
    {
        switch (why)
        {
            case "gone":
                _directory.Remove(name);
                break;
            case "draining":
                _directory.Drain(name);
                break;
            case "unhealthy":
                _directory.Find(name)!.SetStatus(HealthStatus.Unhealthy);
                break;
            case "ejected":
                Fail(name, times: 2);
                break;
        }
    }

    [Fact]
    public async Task Loops_choose_together_and_in_flight_returns_to_zero()
    {
        var counts = new int[4];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 3000; i++)
            {
                EndpointChoice choice = Choose(_chooser);
                Interlocked.Increment(ref counts[choice.Endpoint.Address.Port]);
                choice.End(i % 2 == 0 ? EndpointOutcome.Succeeded : EndpointOutcome.Neutral);
            }
        })));
        Assert.Equal([0, 4000, 4000, 4000], counts);
        Assert.All(_directory.Endpoints, endpoint => Assert.Equal(0, endpoint.InFlight));
    }

    [Fact]
    public void A_choice_allocates_nothing()
    {
        var chooser = new EndpointChooser(_directory, "web", BalancePolicy.LeastConnections, new AffinityToken("ek", new byte[32]));
        byte[] value = ValueOf(chooser, _directory.Find("web-2")!);
        for (int warm = 0; warm < 10; warm++)
        {
            Choose(chooser).End(EndpointOutcome.Succeeded);
            chooser.TryChoose(new ChooseContext { Affinity = value }, out EndpointChoice first);
            first.End(EndpointOutcome.Succeeded);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            chooser.TryChoose(new ChooseContext { Affinity = value }, out EndpointChoice bound);
            bound.End(EndpointOutcome.Succeeded);
            chooser.TryChoose(default, out EndpointChoice free);
            free.End(EndpointOutcome.Succeeded);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static EndpointChoice Choose(EndpointChooser chooser)
    {
        Assert.True(chooser.TryChoose(default, out EndpointChoice choice));
        return choice;
    }

    private static byte[] ValueOf(EndpointChooser chooser, EndpointState endpoint)
    {
        ReadOnlySpan<byte> line = chooser.Affinity!.FieldLine(endpoint);
        return chooser.Affinity.Read(line["Set-Cookie: ".Length..]).ToArray();
    }

    private string Serve(int requests) => string.Concat(Enumerable.Range(0, requests).Select(_ =>
    {
        EndpointChoice choice = Choose(_chooser);
        choice.End(EndpointOutcome.Neutral);
        return choice.Endpoint.Name[^1];
    }));

    private EndpointChoice ChooseNamed(string name)
    {
        EndpointState?[] others = [.. _directory.Endpoints.Where(endpoint => endpoint.Name != name)];
        Assert.True(_chooser.TryChoose(new ChooseContext { Tried = others }, out EndpointChoice choice));
        return choice;
    }

    private void Fail(string name, int times)
    {
        for (int i = 0; i < times; i++)
        {
            ChooseNamed(name).End(EndpointOutcome.Failed);
        }
    }
}
