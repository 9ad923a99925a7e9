using System.Net;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;

namespace EvenKeel.Gateway.Tests.Endpoints;

public sealed class EndpointStateTests
{
    private static readonly EjectionOptions Options = new()
    {
        Failures = 2, First = TimeSpan.FromSeconds(5), Share = 100, Panic = 50, SlowStart = TimeSpan.FromSeconds(10),
    };

    private readonly TestTime _time = new();
    private readonly EndpointDirectory _directory;

    public EndpointStateTests() => _directory = new EndpointDirectory(Options, _time);

    [Fact]
    public void An_endpoint_that_starts_has_its_whole_weight()
    {
        Assert.Equal(100, Add(1).WeightPercent);
        var starting = _directory.Add("web", "web-2", new IPEndPoint(IPAddress.Loopback, 2), HealthStatus.Starting);
        starting.SetStatus(HealthStatus.Healthy);
        Assert.Equal(100, starting.WeightPercent);
    }

    [Fact]
    public void One_that_checks_bring_back_warms_up()
    {
        var endpoint = Add(1);
        endpoint.SetStatus(HealthStatus.Unhealthy);
        endpoint.SetStatus(HealthStatus.Healthy);
        Assert.Equal(10, endpoint.WeightPercent);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(55, endpoint.WeightPercent);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(100, endpoint.WeightPercent);
    }

    [Fact]
    public void One_whose_trial_succeeds_warms_up()
    {
        var endpoint = Add(1);
        Eject(endpoint);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(endpoint.TryClaimTrial() && endpoint.TryBegin());
        endpoint.End(EndpointOutcome.Succeeded, trial: true);
        Assert.Equal((false, 10), (endpoint.IsEjected, endpoint.WeightPercent));
    }

    [Fact]
    public void A_service_panics_while_fewer_than_the_threshold_are_well_and_says_so_once()
    {
        var said = new List<bool>();
        _directory.PanicChanged += service => said.Add(service.IsPanicking);
        var endpoints = Enumerable.Range(1, 4).Select(Add).ToList();
        Eject(endpoints[0]);
        endpoints[1].SetStatus(HealthStatus.Unhealthy);
        Assert.Empty(said);
        Eject(endpoints[2]);
        Assert.Equal([true], said);
        endpoints[3].SetStatus(HealthStatus.Unhealthy);
        Assert.True(_directory.ServiceOf("web").IsPanicking);
        endpoints[3].SetStatus(HealthStatus.Healthy);
        endpoints[1].SetStatus(HealthStatus.Healthy);
        Assert.Equal([true, false], said);
    }

    [Fact]
    public void In_a_panic_all_that_were_ready_once_get_requests()
    {
        var endpoints = Enumerable.Range(1, 3).Select(Add).ToList();
        Eject(endpoints[0]);
        endpoints[1].SetStatus(HealthStatus.Unhealthy);
        var chooser = new EndpointChooser(_directory, "web");
        var chosen = new HashSet<string>();
        for (var i = 0; i < 9; i++)
        {
            Assert.True(chooser.TryChoose(default, out var choice));
            chosen.Add(choice.Endpoint.Name);
            choice.End(EndpointOutcome.Neutral);
        }

        Assert.Equal(3, chosen.Count);
    }

    [Fact]
    public void The_limit_of_an_instance_holds_whoever_asks()
    {
        var endpoint = Add(1);
        _directory.ServiceOf("web").Configure(new ResilienceOptions { Concurrency = new ConcurrencyOptions { Instance = 2 } }, loops: 1);
        Assert.True(endpoint.TryBegin() && endpoint.TryBegin());
        Assert.False(endpoint.TryBegin());
        Assert.Equal((2, true, false), (endpoint.InFlight, endpoint.IsFull, endpoint.IsEligible));
        endpoint.End(EndpointOutcome.Succeeded, trial: false);
        Assert.True(endpoint.TryBegin());
    }

    private EndpointState Add(int number) => _directory.Add("web", "web-" + number, new IPEndPoint(IPAddress.Loopback, number));

    private static void Eject(EndpointState endpoint)
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.True(endpoint.TryBegin());
            endpoint.End(EndpointOutcome.Failed, trial: false);
        }

        Assert.True(endpoint.IsEjected);
    }
}
