using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Tests.Histories;

namespace EvenKeel.Consistency.Tests.Checks;

public sealed class BalanceTests
{
    [Fact]
    public void All_requests_on_one_of_two_instances_is_twice_an_equal_share()
    {
        var result = Balance(Load("web-1", 40), new CheckSettings { Instances = ["web-1", "web-2"], MaxImbalance = 1.5 });

        Assert.Equal(CheckStatus.Violated, result.Status);
        Assert.Equal(2.0, result.MaxOverMean);
        Assert.Equal([("web-1", 1.0), ("web-2", 0.0)], result.Shares.Select(static share => (share.Instance, share.Share)));
    }

    [Fact]
    public void Equal_shares_pass() =>
        Assert.Equal(CheckStatus.Passed, Balance(Load("web-2", 20, Load("web-1", 20)), new CheckSettings { MaxImbalance = 1.01 }).Status);

    [Fact]
    public void Requests_under_faults_do_not_count()
    {
        var script = Load("web-1", 20, Load("web-2", 20));
        Load("web-1", 500, script, OperationPhase.Faults);

        Assert.Equal(1.0, Balance(script, new CheckSettings { MaxImbalance = 1.5 }).MaxOverMean);
    }

    [Fact]
    public void Too_few_requests_cannot_tell_balance_from_chance() =>
        Assert.Equal(CheckStatus.Inconclusive, Balance(Load("web-1", 19), new CheckSettings { Instances = ["web-1", "web-2"], MaxImbalance = 1.5 }).Status);

    [Fact]
    public void Without_a_limit_it_is_measured_and_not_judged()
    {
        var result = Balance(Load("web-1", 40), new CheckSettings { Instances = ["web-1", "web-2"] });

        Assert.Equal(CheckStatus.Skipped, result.Status);
        Assert.Equal(2.0, result.MaxOverMean);
    }

    private static HistoryScript Load(string instance, int requests, HistoryScript? script = null, OperationPhase phase = OperationPhase.Control)
    {
        script ??= new HistoryScript();
        var from = script.History.Operations.Length;
        for (var i = from; i < from + requests; i++)
        {
            script.List(i, i + 1, "", "s1", instance, phase: phase);
        }

        return script;
    }

    private static BalanceResult Balance(HistoryScript script, CheckSettings settings) => (BalanceResult)script.Check(CheckNames.Balance, settings);
}
