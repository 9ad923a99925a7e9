using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Endpoints;
using EvenKeel.Gateway.Resilience;
using EvenKeel.Gateway.Tests.Endpoints;

namespace EvenKeel.Gateway.Tests.Resilience;

public sealed class BusyServicesTests
{
    private readonly EndpointDirectory _directory = new(time: new TestTime());
    private readonly BusyServices _busy = new();

    [Fact]
    public void Only_services_that_counted_something_since_are_settled_again()
    {
        var services = Enumerable.Range(0, 10_000).Select(i => _directory.ServiceOf($"service-{i}")).ToList();
        foreach (var service in services.Take(3).Concat(services.Take(3)))
        {
            _busy.Note(service);
        }

        Assert.Equal(3, _busy.Count);
        _busy.Settle();
        Assert.Equal(0, _busy.Count);

        _busy.Note(services[2]);
        Assert.Equal(1, _busy.Count);
    }

    [Fact]
    public void What_was_counted_stands_in_the_budget_after_a_settlement()
    {
        var service = _directory.ServiceOf("web");
        service.Configure(new ResilienceOptions { RetryBudget = new RetryBudgetOptions { Percent = 50, Reserve = 0 } }, loops: 1);
        for (var i = 0; i < 10; i++)
        {
            service.Guard.Count(loop: 0);
            _busy.Note(service);
        }

        _busy.Settle();
        Assert.Equal(5, service.RetriesLeft);
    }

    [Fact]
    public void A_service_that_somebody_waits_for_stays()
    {
        var service = _directory.ServiceOf("web");
        service.Configure(new ResilienceOptions { Concurrency = new ConcurrencyOptions { Service = 1, Queue = 1 } }, loops: 1);
        Assert.True(service.Bulkhead.TryEnter(woken: false, out _));
        var turn = new Turn(service.Bulkhead, null!, null!);
        Assert.True(service.Bulkhead.TryWait(turn));
        _busy.Note(service);

        _busy.Settle();
        Assert.Equal(1, _busy.Count);

        service.Bulkhead.Cancel(turn);
        _busy.Settle();
        Assert.Equal(0, _busy.Count);
    }
}
