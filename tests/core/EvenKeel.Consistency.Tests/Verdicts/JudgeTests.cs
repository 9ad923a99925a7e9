using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Verdicts;

namespace EvenKeel.Consistency.Tests.Verdicts;

public sealed class JudgeTests
{
    private static readonly CheckResult Good = Result(CheckStatus.Passed, CheckSubject.Data, "fine");
    private static readonly CheckResult Open = Result(CheckStatus.Inconclusive, CheckSubject.Data, "open");
    private static readonly CheckResult Lost = Result(CheckStatus.Violated, CheckSubject.Data, "lost");
    private static readonly CheckResult Down = Result(CheckStatus.Violated, CheckSubject.Service, "down");
    private static readonly CheckResult Off = Result(CheckStatus.Skipped, CheckSubject.Data, "off");

    [Fact]
    public void A_violation_outweighs_what_is_open_which_outweighs_a_pass()
    {
        Assert.Equal(new Judgement(Verdict.Violation, "lost"), Decide(Good, Open, Lost));
        Assert.Equal(new Judgement(Verdict.Violation, "lost One more check is violated."), Decide(Good, Lost, Down));
        Assert.Equal(new Judgement(Verdict.Inconclusive, "open"), Decide(Good, Open));
        Assert.Equal(new Judgement(Verdict.Pass, "1 check found nothing wrong in 10 operations under 2 confirmed faults."), Decide(Good, Off));
    }

    [Fact]
    public void Nothing_checked_is_never_a_pass()
    {
        Assert.Equal(Verdict.Inconclusive, Decide().Verdict);
        Assert.Equal(Verdict.Inconclusive, Decide(Off).Verdict);
        Assert.Equal(Verdict.Inconclusive, Decide(Good with { Examined = 0 }).Verdict);
        Assert.Equal(Verdict.Inconclusive, Judge.Decide(new Evidence { Checks = [Good], Operations = 0 }).Verdict);
    }

    [Fact]
    public void A_run_that_is_there_to_be_measured_needs_no_judged_check_but_something_measured()
    {
        var measured = Off with { Examined = 10 };

        var judgement = Judge.Decide(new Evidence { Checks = [measured], Operations = 10, MeasureOnly = true });

        Assert.Equal(new Judgement(Verdict.Pass, "Measured, with nothing to judge, in 10 operations without any fault."), judgement);
        Assert.Equal(
            Verdict.Inconclusive,
            Judge.Decide(new Evidence { Checks = [measured with { Examined = 0 }], Operations = 10, MeasureOnly = true }).Verdict);
        Assert.Equal(Verdict.Inconclusive, Judge.Decide(new Evidence { Checks = [measured], Operations = 10 }).Verdict);
        Assert.Equal(Verdict.Violation, Judge.Decide(new Evidence { Checks = [measured, Lost], Operations = 10, MeasureOnly = true }).Verdict);
    }

    [Fact]
    public void A_planned_fault_that_was_not_confirmed_leaves_it_open()
    {
        var judgement = Judge.Decide(new Evidence { Checks = [Good], Operations = 10, FaultsPlanned = 3, FaultsConfirmed = 2 });

        Assert.Equal(new Judgement(Verdict.Inconclusive, "1 of 3 planned faults could not be confirmed to have taken effect."), judgement);
    }

    [Fact]
    public void A_failed_control_phase_leaves_availability_open_but_wrong_data_stays_wrong()
    {
        var down = Judge.Decide(new Evidence { Checks = [Down], Operations = 10, ControlFailure = "no request was answered" });
        var lost = Judge.Decide(new Evidence { Checks = [Down, Lost], Operations = 10, ControlFailure = "no request was answered" });

        Assert.Equal(Verdict.Inconclusive, down.Verdict);
        Assert.Contains("no request was answered", down.Reason, StringComparison.Ordinal);
        Assert.Equal(new Judgement(Verdict.Violation, "lost"), lost);
    }

    [Fact]
    public void An_interrupted_run_is_open_unless_it_found_something()
    {
        Assert.Equal(Verdict.Inconclusive, Judge.Decide(new Evidence { Checks = [Good], Operations = 10, Interruption = "it was stopped" }).Verdict);
        Assert.Equal(Verdict.Violation, Judge.Decide(new Evidence { Checks = [Down], Operations = 10, Interruption = "it was stopped" }).Verdict);
    }

    [Fact]
    public void Several_runs_are_as_good_as_the_worst_of_them()
    {
        var pass = new Judgement(Verdict.Pass, "p");
        var open = new Judgement(Verdict.Inconclusive, "i");
        var violation = new Judgement(Verdict.Violation, "v");

        Assert.Equal(violation, Judge.Combine([pass, open, violation]));
        Assert.Equal(open, Judge.Combine([pass, open]));
        Assert.Equal(pass, Judge.Combine([pass, pass]));
        Assert.Equal(Verdict.Inconclusive, Judge.Combine([]).Verdict);
    }

    private static Judgement Decide(params CheckResult[] checks) =>
        Judge.Decide(new Evidence { Checks = checks, Operations = 10, FaultsPlanned = 2, FaultsConfirmed = 2 });

    private static CheckResult Result(CheckStatus status, CheckSubject subject, string summary) =>
        new() { Name = summary, Status = status, Subject = subject, Summary = summary, Examined = 5 };
}
