using EvenKeel.Control.Ejection;

namespace EvenKeel.Control.Tests.Ejection;

public sealed class EjectionRatioTests
{
    private readonly EjectionState _state = new(new EjectionRules
    {
        Failures = 5, Ratio = 50, Volume = 20, Window = TimeSpan.FromSeconds(10), First = TimeSpan.FromSeconds(5), Max = TimeSpan.FromSeconds(60),
    });

    [Fact]
    public void Errors_of_one_address_do_not_eject_beside_good_responses()
    {
        for (int second = 0; second < 100; second++)
        {
            _state.AddResponses(At(second), 12);
            Assert.False(Enumerable.Range(0, 10).Aggregate(false, (ejected, _) => ejected | _state.Erred(At(second), trial: false)));
        }
    }

    [Fact]
    public void Errors_eject_when_they_are_half_of_enough_responses()
    {
        _state.AddResponses(At(0), 10);
        Assert.DoesNotContain(true, Enumerable.Range(0, 9).Select(_ => _state.Erred(At(1), trial: false)));
        Assert.True(_state.Erred(At(1), trial: false));
        Assert.Equal(EjectionPhase.Ejected, _state.PhaseAt(At(5.9)));
    }

    [Fact]
    public void Few_errors_do_not_eject_however_large_their_share()
        => Assert.DoesNotContain(true, Enumerable.Range(0, 19).Select(_ => _state.Erred(At(0), trial: false)));

    [Fact]
    public void An_error_between_failures_shows_that_the_endpoint_answers()
    {
        for (int i = 0; i < 4; i++)
        {
            _state.Failed(At(0), trial: false);
        }

        _state.Erred(At(0), trial: false);
        Assert.False(_state.Failed(At(0), trial: false));
        Assert.Equal(1, _state.Failures);
    }

    [Fact]
    public void A_trial_with_an_error_admits_what_failures_ejected_and_ejects_again_what_errors_did()
    {
        Eject(() => _state.Failed(At(0), trial: false));
        Assert.True(_state.TryBeginTrial(At(5)));
        Assert.False(_state.Erred(At(5), trial: true));
        Assert.Equal(EjectionPhase.Admitted, _state.PhaseAt(At(5)));

        Eject(() => _state.Erred(At(6), trial: false));
        Assert.True(_state.TryBeginTrial(At(11)));
        Assert.True(_state.Erred(At(11), trial: true));
        Assert.Equal(EjectionPhase.Ejected, _state.PhaseAt(At(20.9)));
    }

    [Fact]
    public void While_too_many_others_are_out_failures_are_counted_and_eject_as_soon_as_they_may()
    {
        Assert.DoesNotContain(true, Enumerable.Range(0, 50).Select(_ => _state.Failed(At(0), trial: false, mayEject: false)));
        Assert.True(_state.Failed(At(0), trial: false));
    }

    private static void Eject(Func<bool> fail) => Assert.Contains(true, Enumerable.Range(0, 100).Select(_ => fail()));

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
