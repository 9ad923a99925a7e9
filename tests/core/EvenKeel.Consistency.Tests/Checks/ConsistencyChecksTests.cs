using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Tests.Histories;

namespace EvenKeel.Consistency.Tests.Checks;

public sealed class ConsistencyChecksTests
{
    [Fact]
    public void Every_check_reports_in_a_fixed_order_even_when_it_is_off()
    {
        var history = new HistoryScript().Probes(0, "ggg").History;
        var names = ConsistencyChecks.Run(history, new CheckSettings()).Select(static result => result.Name).ToList();
        var service = ConsistencyChecks.Run(history, new CheckSettings().OfServiceAlone());

        Assert.Equal(
            [
                CheckNames.LostWrites, CheckNames.Divergence, CheckNames.StaleReads, CheckNames.ReadYourWrites, CheckNames.MonotonicReads,
                CheckNames.Duplicates, CheckNames.Audit, CheckNames.Downtime, CheckNames.FailedReads, CheckNames.Balance,
            ],
            names);
        Assert.Equal(names, service.Select(static result => result.Name));
        Assert.Equal([CheckNames.Downtime], service.Where(static result => result.Status != CheckStatus.Skipped).Select(static result => result.Name));
    }

    [Fact]
    public void An_empty_history_passes_no_check() =>
        Assert.DoesNotContain(
            ConsistencyChecks.Run(new HistoryScript().History, new CheckSettings { FailedReads = true, MaxImbalance = 2 }),
            static result => result.Status is CheckStatus.Passed or CheckStatus.Violated);

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void Limits_below_one_are_refused(int open, int close, int findings) =>
        Assert.Throws<ArgumentException>(() => ConsistencyChecks.Run(
            new HistoryScript().History,
            new CheckSettings { ProbesToOpen = open, ProbesToClose = close, MaxFindings = findings }));
}
