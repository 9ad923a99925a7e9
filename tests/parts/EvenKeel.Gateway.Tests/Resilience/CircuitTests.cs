using EvenKeel.Configuration.Model;
using EvenKeel.Control.Circuits;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Tests.Endpoints;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Resilience;

public sealed class CircuitTests
{
    private static readonly BreakerOptions Breaker = new() { Volume = 10, Open = TimeSpan.FromSeconds(7), Probes = 2 };

    private readonly TestTime _time = new();
    private readonly EndpointDirectory _directory;

    public CircuitTests() => _directory = new EndpointDirectory(new EjectionOptions { Failures = 0, Ratio = 0 }, _time);

    [Theory]
    [InlineData(Transports.Socket)]
    [InlineData(Transports.Epoll)]
    public async Task A_service_that_fails_is_left_alone_for_a_while_and_closed_by_probes_that_succeed(string transport)
    {
        var status = "500 No";
        await using var origin = Origin.Serve((_, _) => $"HTTP/1.1 {Volatile.Read(ref status)}\r\nContent-Length: 0\r\n\r\n");
        await using var gateway = With(transport);
        gateway.Add(origin);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(500, (await gateway.GetAsync()).Status);
        }

        var refused = await gateway.GetAsync();
        Assert.Equal((503, "circuit_open", "7"), (refused.Status, refused["X-EvenKeel-Error"], refused["Retry-After"]));
        Assert.Contains("\"culprit\":\"gateway\",\"stage\":\"admit\"", refused.Text, StringComparison.Ordinal);
        await Deadline.Until(() => _directory.ServiceOf("web").Circuit == CircuitPhase.Open, "the circuit knows");
        Assert.Equal(10, origin.Heads.Count);

        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(500, (await gateway.GetAsync()).Status);
        Assert.Equal(503, (await gateway.GetAsync()).Status);

        Volatile.Write(ref status, "200 OK");
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(200, (await gateway.GetAsync()).Status);
        await Deadline.Until(() => _directory.ServiceOf("web").Circuit == CircuitPhase.HalfOpen, "the circuit knows");
        Assert.Equal(200, (await gateway.GetAsync()).Status);
        await Deadline.Until(() => _directory.ServiceOf("web").Circuit == CircuitPhase.Closed, "the circuit knows");
    }

    [Fact]
    public async Task Half_open_lets_only_as_many_through_at_a_time_as_there_are_probes()
    {
        await using var failing = Origin.Serve((_, _) => "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
        await using var held = new HeldOrigin();
        await using var gateway = With(TestTransport.Name);
        gateway.Add(failing);
        for (var i = 0; i < 10; i++)
        {
            await gateway.GetAsync();
        }

        // The answer may be here before the gateway has counted it; time must not go on before that.
        await Deadline.Until(() => _directory.ServiceOf("web").Circuit == CircuitPhase.Open, "the circuit knows");
        _directory.Remove("web-1");
        gateway.Add(held.Origin);
        _time.Advance(TimeSpan.FromSeconds(7));
        var probes = new[] { gateway.GetAsync(), gateway.GetAsync() };
        await Deadline.Until(() => held.Now == 2, "both probes are at the instance");
        Assert.Equal(503, (await gateway.GetAsync()).Status);
        held.Release();
        Assert.All(await Task.WhenAll(probes), probe => Assert.Equal(200, probe.Status));
        await Deadline.Until(() => _directory.ServiceOf("web").Circuit == CircuitPhase.Closed, "the circuit knows");
    }

    [Fact]
    public async Task Clients_that_hang_up_do_not_open_it()
    {
        await using var held = new HeldOrigin();
        await using var gateway = With(TestTransport.Name);
        gateway.Add(held.Origin);
        for (var i = 1; i <= 20; i++)
        {
            var client = await gateway.ConnectAsync();
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await Deadline.Until(() => held.Paths.Count == i, "the request is at the instance");
            client.Reset();
        }

        await Deadline.Until(() => gateway.Statistics.ClientAborts == 20, "the gateway has seen them leave");
        await Deadline.Until(() => _directory.ServiceOf("web").Circuit == CircuitPhase.Closed, "the circuit knows");
    }

    private TestGateway With(string transport)
        => new(o => o with { Resilience = new ResilienceOptions { Breaker = Breaker } }, transport: transport, directory: _directory);
}
