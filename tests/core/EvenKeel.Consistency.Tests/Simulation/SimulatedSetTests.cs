using EvenKeel.Consistency.Checks;
using EvenKeel.Consistency.Verdicts;

namespace EvenKeel.Consistency.Tests.Simulation;

public sealed class SimulatedSetTests
{
    private static readonly CheckSettings Everything = new() { Instances = ["web-1", "web-2", "web-3"], MaxFindings = 10_000 };

    [Fact]
    public void A_linearizable_set_never_violates_whatever_the_delays()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var results = Check(new SimulatedSet(seed, PlantedBug.None));

            Assert.DoesNotContain(results.Values, result => result.Status == CheckStatus.Violated);
            Assert.Equal(CheckStatus.Passed, results[CheckNames.LostWrites].Status);
            Assert.Equal(CheckStatus.Passed, results[CheckNames.Divergence].Status);
        }
    }

    [Fact]
    public void Lost_elements_are_named_one_by_one()
    {
        var observed = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var set = new SimulatedSet(seed, PlantedBug.LosesAcknowledged);
            var lost = Check(set)[CheckNames.LostWrites];

            Assert.Equal(set.Lost.Order(), lost.Findings.Select(static finding => finding.Element!).Order());
            Assert.Equal(set.Lost.Count > 0 ? CheckStatus.Violated : CheckStatus.Passed, lost.Status);
            observed += set.Lost.Count;
        }

        Assert.True(observed > 500, $"only {observed} losses were planted: the test has lost its teeth");
    }

    [Theory]
    [InlineData("None")]
    [InlineData("LosesAcknowledged")]
    [InlineData("OneInstanceReadsOldState")]
    [InlineData("EachInstanceKeepsItsOwn")]
    [InlineData("AppliesSomeAddsTwice")]
    public void The_checks_find_exactly_what_a_plain_reading_of_their_definitions_finds(string bug)
    {
        var found = 0;
        for (var seed = 0; seed < 60; seed++)
        {
            var history = new SimulatedSet(seed, Enum.Parse<PlantedBug>(bug)).Run();
            var results = ConsistencyChecks.Run(history, Everything).ToDictionary(static result => result.Name);
            var plain = new PlainReading(history);

            Assert.Equal(plain.Lost().Order(), results[CheckNames.LostWrites].Findings.Select(static finding => finding.Element!).Order());
            Assert.Equal(plain.Stale().Order(), results[CheckNames.StaleReads].Findings.Select(static finding => finding.Operations[1]).Order());
            Assert.Equal(plain.Unread().Order(), results[CheckNames.ReadYourWrites].Findings.Select(static finding => finding.Operations[1]).Order());
            Assert.Equal(plain.Backwards().Order(), results[CheckNames.MonotonicReads].Findings.Select(static finding => finding.Operations[1]).Order());
            found += results.Values.Sum(static result => result.FindingCount);
        }

        Assert.True(bug == "None" ? found == 0 : found > 100, $"{bug}: {found} findings");
    }

    [Theory]
    [InlineData("EachInstanceKeepsItsOwn", CheckNames.Divergence)]
    [InlineData("AppliesSomeAddsTwice", CheckNames.Duplicates)]
    [InlineData("ListsSomeElementTwice", CheckNames.Duplicates)]
    [InlineData("GivesOneIdTwice", CheckNames.Duplicates)]
    [InlineData("OneInstanceReadsOldState", CheckNames.StaleReads)]
    public void A_planted_bug_is_found_by_its_check_in_every_seed(string bug, string check)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var result = Check(new SimulatedSet(seed, Enum.Parse<PlantedBug>(bug)))[check];

            Assert.True(result.Status == CheckStatus.Violated, $"seed {seed}: {result.Summary}");
            Assert.All(result.Findings, static finding => Assert.NotEmpty(finding.Operations));
        }
    }

    [Fact]
    public void A_healthy_run_is_a_pass_and_a_broken_one_a_violation()
    {
        foreach (var (bug, verdict) in new[] { (PlantedBug.None, Verdict.Pass), (PlantedBug.EachInstanceKeepsItsOwn, Verdict.Violation) })
        {
            var history = new SimulatedSet(7, bug).Run();
            var checks = ConsistencyChecks.Run(history, Everything with { MaxDowntime = null });

            Assert.Equal(verdict, Judge.Decide(new Evidence { Checks = checks, Operations = history.Operations.Length }).Verdict);
        }
    }

    private static Dictionary<string, CheckResult> Check(SimulatedSet set) =>
        ConsistencyChecks.Run(set.Run(), Everything).ToDictionary(static result => result.Name);
}
