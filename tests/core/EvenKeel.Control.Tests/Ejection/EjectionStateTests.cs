using EvenKeel.Control.Ejection;

namespace EvenKeel.Control.Tests.Ejection;

public sealed class EjectionStateTests
{
    private static readonly EjectionRules Rules = new() { Failures = 3, First = Seconds(5), Max = Seconds(60) };
    private readonly EjectionState _state = new(Rules);

    [Fact]
    public void Consecutive_failures_eject_and_a_success_in_between_forgets_them()
    {
        Fail(2, at: 0);
        _state.Succeeded(trial: false);
        Fail(2, at: 0);
        Assert.Equal(EjectionPhase.Admitted, At(0));
        Assert.True(_state.Failed(Seconds(0), trial: false));
        Assert.Equal(EjectionPhase.Ejected, At(0));
    }

    [Fact]
    public void After_its_time_one_trial_decides_and_its_success_admits()
    {
        Fail(3, at: 10);
        Assert.Equal(EjectionPhase.Ejected, At(14.9));
        Assert.False(_state.TryBeginTrial(Seconds(14.9)));
        Assert.Equal(EjectionPhase.TrialDue, At(15));
        Assert.True(_state.TryBeginTrial(Seconds(15)));
        Assert.False(_state.TryBeginTrial(Seconds(15)));
        Assert.Equal(EjectionPhase.OnTrial, At(100));
        Assert.True(_state.Succeeded(trial: true));
        Assert.Equal(EjectionPhase.Admitted, At(15));
        Fail(2, at: 16);
        Assert.Equal(EjectionPhase.Admitted, At(16));
    }

    [Fact]
    public void Every_failed_trial_doubles_the_time_up_to_the_maximum_and_a_success_starts_over()
    {
        double now = 0;
        Fail(3, at: now);
        foreach (int expected in new[] { 5, 10, 20, 40, 60, 60, 60 })
        {
            Assert.Equal(Seconds(now + expected), _state.Until);
            now += expected;
            Assert.True(_state.TryBeginTrial(Seconds(now)));
            Assert.True(_state.Failed(Seconds(now), trial: true));
        }

        now += 60;
        Assert.True(_state.TryBeginTrial(Seconds(now)));
        _state.Succeeded(trial: true);
        Fail(3, at: now);
        Assert.Equal(Seconds(now + 5), _state.Until);
    }

    [Fact]
    public void Requests_sent_before_the_ejection_change_nothing()
    {
        Fail(3, at: 0);
        Assert.False(_state.Failed(Seconds(4), trial: false));
        Assert.False(_state.Succeeded(trial: false));
        Assert.Equal(Seconds(5), _state.Until);
        Assert.Equal(EjectionPhase.Ejected, At(4));
        Assert.True(_state.TryBeginTrial(Seconds(5)));
        Assert.False(_state.Succeeded(trial: false));
        Assert.Equal(EjectionPhase.OnTrial, At(5));
    }

    [Fact]
    public void A_trial_that_said_nothing_is_given_back()
    {
        Fail(3, at: 0);
        Assert.True(_state.TryBeginTrial(Seconds(5)));
        _state.AbandonTrial();
        Assert.Equal(EjectionPhase.TrialDue, At(5));
        Assert.True(_state.TryBeginTrial(Seconds(5)));
    }

    [Fact]
    public void Zero_failures_switch_it_off()
    {
        var state = new EjectionState(Rules with { Failures = 0 });
        for (int i = 0; i < 1000; i++)
        {
            Assert.False(state.Failed(Seconds(i), trial: false));
        }

        Assert.Equal(EjectionPhase.Admitted, state.PhaseAt(Seconds(1000)));
    }

    [Fact]
    public void The_length_never_overflows() => Assert.Equal(Rules.Max, Rules.LengthOf(int.MaxValue));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private EjectionPhase At(double seconds) => _state.PhaseAt(Seconds(seconds));

    private void Fail(int times, double at)
    {
        for (int i = 0; i < times; i++)
        {
            _state.Failed(Seconds(at), trial: false);
        }
    }
}
