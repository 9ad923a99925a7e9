using System.Collections.Concurrent;
using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Health;

namespace EvenKeel.Gateway.Tests.Health;

[Trait("Category", "Process")]
public sealed class ActiveHealthCheckerProcessTests : IAsyncDisposable
{
    private const string Good = "HTTP/1.1 200 OK\r\n\r\n";
    private const string Bad = "HTTP/1.1 503 Service Unavailable\r\n\r\n";

    private static readonly HealthOptions Options = new()
    {
        Ready = "/ready", GatewayInterval = TimeSpan.FromMilliseconds(20), Timeout = TimeSpan.FromSeconds(20), Rise = 2, Fall = 3,
    };

    private readonly EndpointDirectory _directory = new();
    private readonly HealthLines _log = new();
    private readonly ActiveHealthChecker _checker;
    private readonly ConcurrentQueue<HealthTransition> _transitions = [];

    public ActiveHealthCheckerProcessTests()
    {
        _checker = new ActiveHealthChecker(
            _directory, service => service == "web" ? Options : null, seed: 7, TimeProvider.System, _log);
        _checker.Changed += _transitions.Enqueue;
    }

    public ValueTask DisposeAsync() => _checker.DisposeAsync();

    [Fact]
    public async Task An_endpoint_is_admitted_by_its_first_success_taken_out_after_three_failures_and_brought_back_after_two_successes()
    {
        await using var server = new ScriptedServer(Good);
        EndpointState endpoint = _directory.Add("web", "web-1", server.Address, HealthStatus.Starting);
        _checker.Start();
        await Reaches(endpoint, HealthStatus.Healthy);
        server.Answer = Bad;
        await Reaches(endpoint, HealthStatus.Unhealthy);
        server.Answer = Good;
        await Reaches(endpoint, HealthStatus.Healthy);
        await Reaches(() => _transitions.Count == 3);
        Assert.Equal(
            [
                (HealthStatus.Starting, HealthStatus.Healthy, "status 200"),
                (HealthStatus.Healthy, HealthStatus.Unhealthy, "status 503"),
                (HealthStatus.Unhealthy, HealthStatus.Healthy, "status 200"),
            ],
            _transitions.Select(transition => (transition.From, transition.To, transition.Reason)));
        Assert.All(_transitions, transition => Assert.Same(endpoint, transition.Endpoint));
    }

    [Fact]
    public async Task An_endpoint_that_was_seen_ready_stays_healthy_until_it_has_failed_often_enough()
    {
        _checker.Start();
        await using var server = new ScriptedServer(Bad);
        EndpointState endpoint = _directory.Add("web", "web-1", server.Address);
        await Reaches(endpoint, HealthStatus.Unhealthy);
        await Reaches(() => !_transitions.IsEmpty);
        Assert.InRange(server.Requests, 3, int.MaxValue);
        Assert.Equal(HealthStatus.Healthy, Assert.Single(_transitions).From);
    }

    [Fact]
    public async Task A_removed_endpoint_and_one_of_an_unchecked_service_are_not_checked()
    {
        _checker.Start();
        _checker.Start();
        await using var removed = new ScriptedServer(Good);
        await using var unchecked_ = new ScriptedServer(Good);
        EndpointState other = _directory.Add("other", "other-1", unchecked_.Address, HealthStatus.Starting);
        EndpointState endpoint = _directory.Add("web", "web-1", removed.Address, HealthStatus.Starting);
        await Reaches(endpoint, HealthStatus.Healthy);
        _directory.Remove("web-1");
        removed.Answer = Bad;
        int at = removed.Requests;
        await using var clock = new ScriptedServer(Good);
        _directory.Add("web", "web-2", clock.Address);
        await Reaches(() => clock.Requests >= 10);
        Assert.InRange(removed.Requests, at, at + 1);
        Assert.Equal(HealthStatus.Healthy, endpoint.Status);
        Assert.Equal(HealthStatus.Starting, other.Status);
        Assert.Equal(0, unchecked_.Requests);
    }

    [Fact]
    public async Task A_dead_instance_is_found_without_waiting_for_the_timeout()
    {
        var server = new ScriptedServer(Good);
        EndpointState endpoint = _directory.Add("web", "web-1", server.Address);
        _checker.Start();
        await server.DisposeAsync();
        await Reaches(endpoint, HealthStatus.Unhealthy);
        await Reaches(() => !_transitions.IsEmpty);
        Assert.Equal("ConnectionRefused", Assert.Single(_transitions).Reason);
    }

    [Fact]
    public async Task It_is_told_why_an_endpoint_was_never_ready_once_for_each_reason()
    {
        await using var server = new ScriptedServer("HTTP/1.1 404 Not Found\r\n\r\n");
        EndpointState endpoint = _directory.Add("web", "web-1", server.Address, HealthStatus.Starting);
        _checker.Start();
        await Reaches(() => server.Requests >= 12);
        server.Answer = Bad;
        await Reaches(() => _log.Lines.Count == 2);
        server.Answer = Good;
        await Reaches(endpoint, HealthStatus.Healthy);
        await Reaches(() => _log.Lines.Count == 3);
        Assert.Equal(
            [
                "Warning web-1 is not ready yet: status 404",
                "Warning web-1 is not ready yet: status 503",
                "Information web-1 is Healthy, was Starting: status 200",
            ],
            _log.Lines);
    }

    [Fact]
    public async Task Checks_that_found_no_descriptor_say_nothing_of_the_endpoint_and_go_on_afterwards()
    {
        var time = new ShortOfDescriptors(Options.Timeout);
        await using var checker = new ActiveHealthChecker(_directory, _ => Options, seed: 7, time, _log);
        await using var server = new ScriptedServer(Good);
        EndpointState endpoint = _directory.Add("web", "web-1", server.Address, HealthStatus.Starting);
        checker.Start();
        await Reaches(endpoint, HealthStatus.Healthy);
        time.IsShort = true;
        await Reaches(() => time.Refused > 2 * Options.Fall);
        Assert.Equal(HealthStatus.Healthy, endpoint.Status);
        time.IsShort = false;
        server.Answer = Bad;
        await Reaches(endpoint, HealthStatus.Unhealthy);
        Assert.Single(_log.Lines, "Error web-1 could not be checked: too many open files. Raise their limit");
    }

    private static Task Reaches(EndpointState endpoint, HealthStatus status) => Reaches(() => endpoint.Status == status);

    private static async Task Reaches(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, deadline.Token);
        }
    }
}
