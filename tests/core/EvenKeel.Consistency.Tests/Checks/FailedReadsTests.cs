using EvenKeel.Consistency.Checks;
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
    public void All_answered_passes_none_sent_is_inconclusive_and_switched_off_says_so()
    {
        Assert.Equal(CheckStatus.Passed, new HistoryScript().Probes(0, "ggg").Check(CheckNames.FailedReads).Status);
        Assert.Equal(CheckStatus.Inconclusive, new HistoryScript().Add("a", 0, 1).Check(CheckNames.FailedReads).Status);
        Assert.Equal("Switched off.", new HistoryScript().Probes(0, "ggg").Check(CheckNames.FailedReads, new CheckSettings()).Summary);
    }
}
