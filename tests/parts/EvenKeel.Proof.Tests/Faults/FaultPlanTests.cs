using EvenKeel.Configuration.Model;
using EvenKeel.Proof.Faults;

namespace EvenKeel.Proof.Tests.Faults;

public sealed class FaultPlanTests
{
    private static readonly string[] Instances = ["web-1", "web-2", "web-3", "web-4"];

    [Fact]
    public void Times_are_divided_by_the_scale_and_ordered()
    {
        var plan = FaultPlan.Make(
            [
                Kill(75, "web-2"),
                new FaultOptions { Kind = FaultKind.Pause, Targets = ["web-1"], At = TimeSpan.FromSeconds(25), For = TimeSpan.FromSeconds(50) },
            ], Instances, 1, 25);

        Assert.Equal(["pause web-1", "kill web-2"], plan.Select(fault => fault.Name));
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)], plan.Select(fault => fault.At));
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.Zero], plan.Select(fault => fault.For));
    }

    [Fact]
    public void The_same_seed_draws_the_same_targets_and_other_seeds_draw_others()
    {
        var two = new FaultOptions { Kind = FaultKind.Kill, Count = 2, At = TimeSpan.Zero };
        string Draw(ulong seed) => string.Join(',', FaultPlan.Make([two], Instances, seed, 1)[0].Targets);

        Assert.Equal(Draw(5), Draw(5));
        Assert.True(Enumerable.Range(0, 50).Select(seed => Draw((ulong)seed)).Distinct().Count() > 5);
        Assert.All(Enumerable.Range(0, 50), seed => Assert.Equal(2, FaultPlan.Make([two], Instances, (ulong)seed, 1)[0].Targets.Distinct().Count()));
    }

    [Fact]
    public void A_target_that_is_no_instance_is_refused_with_those_that_are()
    {
        var refused = Assert.Throws<ProofException>(() => FaultPlan.Make([Kill(1, "web-9")], Instances, 1, 1));

        Assert.Contains("'web-9'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("web-1, web-2, web-3, web-4", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_targets_than_instances_are_refused()
    {
        Assert.Throws<ProofException>(() => FaultPlan.Make([new FaultOptions { Kind = FaultKind.Kill, Count = 5, At = TimeSpan.Zero }], Instances, 1, 1));
    }

    private static FaultOptions Kill(double at, string target) => new() { Kind = FaultKind.Kill, Targets = [target], At = TimeSpan.FromSeconds(at) };
}
