using EvenKeel.Control.Circuits;

namespace EvenKeel.Control.Tests.Circuits;

public sealed class CircuitBreakerTests
{
    private static readonly CircuitRules Rules = new()
    {
        Ratio = 50, Volume = 10, Window = TimeSpan.FromSeconds(10), Open = TimeSpan.FromSeconds(5), Probes = 2,
    };

    private readonly CircuitBreaker _breaker = new(Rules);

    [Fact]
    public void It_opens_when_enough_requests_have_failed_often_enough()
    {
        Assert.False(_breaker.Count(At(0), 0, 9));
        Assert.Equal(CircuitPhase.Closed, _breaker.PhaseAt(At(0)));
        Assert.True(_breaker.Count(At(1), 0, 1));
        Assert.Equal(CircuitPhase.Open, _breaker.PhaseAt(At(1)));
        Assert.False(_breaker.TryPass(At(5.9), out _));
        Assert.Equal(TimeSpan.FromSeconds(0.5), _breaker.OpenFor(At(5.5)));
        Assert.Equal(CircuitPhase.HalfOpen, _breaker.PhaseAt(At(6)));
    }

    [Fact]
    public void It_stays_closed_below_the_ratio_and_forgets_old_failures()
    {
        Assert.False(_breaker.Count(At(0), 11, 9));
        Assert.False(_breaker.Count(At(1), 0, 1));
        Assert.False(_breaker.Count(At(30), 10, 9));
        Assert.True(_breaker.Count(At(30), 0, 1));
    }

    [Fact]
    public void A_success_never_opens_it()
    {
        _breaker.Count(At(0), 0, 9);
        Assert.False(_breaker.Count(At(0), 1, 0));
        Assert.True(_breaker.IsClosed);
    }

    [Fact]
    public void Half_open_lets_a_few_probes_through_and_closes_when_all_succeed()
    {
        Open();
        Assert.True(_breaker.TryPass(At(6), out int first));
        Assert.True(_breaker.TryPass(At(6), out int second));
        Assert.False(_breaker.TryPass(At(6), out _));
        _breaker.EndProbe(At(7), first, true);
        Assert.False(_breaker.TryPass(At(7), out _));
        _breaker.EndProbe(At(8), second, true);
        Assert.True(_breaker.IsClosed);
        Assert.False(_breaker.Count(At(8), 0, 9));
    }

    [Fact]
    public void A_probe_that_fails_opens_it_again_and_those_of_that_round_count_for_nothing()
    {
        Open();
        _breaker.TryPass(At(6), out int first);
        _breaker.TryPass(At(6), out int second);
        _breaker.EndProbe(At(6), first, false);
        Assert.Equal((CircuitPhase.Open, 2), (_breaker.PhaseAt(At(10.9)), _breaker.Opened));
        _breaker.EndProbe(At(7), second, false);
        Assert.Equal(CircuitPhase.HalfOpen, _breaker.PhaseAt(At(11)));
        _breaker.EndProbe(At(11), second, true);
        _breaker.TryPass(At(11), out int third);
        _breaker.EndProbe(At(11), third, true);
        Assert.False(_breaker.IsClosed);
    }

    [Fact]
    public void A_probe_that_said_nothing_makes_room_for_another()
    {
        Open();
        _breaker.TryPass(At(6), out int first);
        _breaker.TryPass(At(6), out _);
        _breaker.EndProbe(At(6), first, null);
        Assert.True(_breaker.TryPass(At(6), out _));
        Assert.False(_breaker.TryPass(At(6), out _));
    }

    [Fact]
    public void Requests_from_before_it_opened_count_for_nothing()
    {
        Open();
        Assert.False(_breaker.Count(At(2), 0, 100));
        Assert.Equal(1, _breaker.Opened);
    }

    private void Open() => Assert.True(_breaker.Count(At(1), 0, 10));

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
