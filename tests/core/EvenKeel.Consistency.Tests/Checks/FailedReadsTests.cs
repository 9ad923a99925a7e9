using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Tests.Histories;

namespace EvenKeel.Consistency.Tests.Checks;

public sealed class FailedReadsTests
{
    [Fact]
    public void Each_failed_probe_is_told_with_the_fault_of_the_moment()
    {
        var failed = new HistoryScript().Probes(0, "gbg").Check(
            CheckNames.FailedReads,
            new CheckSettings { FailedReads = true, Faults = [new("pause web-2", HistoryScript.Ms(50), null)] });

        Assert.Equal(CheckStatus.Violated, failed.Status);
        Assert.Equal("probe 1 (probe) failed at 0.101 s (http503), during pause web-2.", Assert.Single(failed.Findings).Sentence);
    }

    [Fact]
    public void A_request_that_the_run_itself_gave_up_is_no_failure_of_the_service()
    {
        var result = new HistoryScript().Probes(0, "gg").Put(new Operation
        {
            Index = 2,
            Session = "s1",
            Kind = OperationKind.List,
            Intended = HistoryScript.Ms(300),
            Sent = HistoryScript.Ms(300),
            End = HistoryScript.Ms(301),
            Outcome = OperationOutcome.Failed,
            Reason = Operation.GivenUp,
        }).Check(CheckNames.FailedReads);

        Assert.Equal((CheckStatus.Passed, 2), (result.Status, result.Examined));
    }

    [Fact]
    public void All_answered_passes_none_sent_is_inconclusive_and_switched_off_says_so()
    {
        Assert.Equal(CheckStatus.Passed, new HistoryScript().Probes(0, "ggg").Check(CheckNames.FailedReads).Status);
        Assert.Equal(CheckStatus.Inconclusive, new HistoryScript().Add("a", 0, 1).Check(CheckNames.FailedReads).Status);
        Assert.Equal("Switched off.", new HistoryScript().Probes(0, "ggg").Check(CheckNames.FailedReads, new CheckSettings()).Summary);
    }
}
