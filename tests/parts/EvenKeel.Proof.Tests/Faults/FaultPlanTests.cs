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
            ], Instances, [], 1, 25);

        Assert.Equal(["pause web-1", "kill web-2"], plan.Select(fault => fault.Name));
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)], plan.Select(fault => fault.At));
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.Zero], plan.Select(fault => fault.For));
    }

    [Fact]
    public void The_same_seed_draws_the_same_targets_and_other_seeds_draw_others()
    {
        var two = new FaultOptions { Kind = FaultKind.Kill, Count = 2, At = TimeSpan.Zero };
        string Draw(ulong seed) => string.Join(',', FaultPlan.Make([two], Instances, [], seed, 1)[0].Targets);

        Assert.Equal(Draw(5), Draw(5));
        Assert.True(Enumerable.Range(0, 50).Select(seed => Draw((ulong)seed)).Distinct().Count() > 5);
        Assert.All(Enumerable.Range(0, 50), seed => Assert.Equal(2, FaultPlan.Make([two], Instances, [], (ulong)seed, 1)[0].Targets.Distinct().Count()));
    }

    [Fact]
    public void A_target_that_is_no_instance_is_refused_with_those_that_are()
    {
        var refused = Assert.Throws<ProofException>(() => FaultPlan.Make([Kill(1, "web-9")], Instances, [], 1, 1));

        Assert.Contains("'web-9'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("web-1, web-2, web-3, web-4", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Instances_of_other_services_are_hit_when_they_are_named_and_never_drawn()
    {
        var named = FaultPlan.Make([Kill(1, "db-1")], Instances, ["db-1"], 1, 1);
        var all = new FaultOptions { Kind = FaultKind.Kill, Count = 4, At = TimeSpan.Zero };

        Assert.Equal("kill db-1", named[0].Name);
        Assert.Equal(Instances, FaultPlan.Make([all], Instances, ["db-1"], 1, 1)[0].Targets.Order());
        Assert.Contains(
            "web-4, db-1", Assert.Throws<ProofException>(() => FaultPlan.Make([Kill(1, "db-2")], Instances, ["db-1"], 1, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seed_draws_a_moment_within_the_stretch_and_other_seeds_draw_others()
    {
        var early = Kill(4, "web-1") with { Within = TimeSpan.FromSeconds(2) };
        TimeSpan Draw(ulong seed) => FaultPlan.Make([early], Instances, [], seed, 2)[0].At;

        Assert.Equal(Draw(5), Draw(5));
        Assert.All(Enumerable.Range(0, 50), seed => Assert.InRange(Draw((ulong)seed), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)));
        Assert.True(Enumerable.Range(0, 50).Select(seed => Draw((ulong)seed)).Distinct().Count() > 30);
    }

    [Fact]
    public void A_plan_without_a_stretch_draws_the_targets_that_its_seed_always_drew()
    {
        var two = new FaultOptions { Kind = FaultKind.Kill, Count = 2, At = TimeSpan.FromSeconds(1) };

        var plain = FaultPlan.Make([two, two], Instances, [], 7, 1);
        var early = FaultPlan.Make([two with { Within = TimeSpan.FromSeconds(1) }, two], Instances, [], 7, 1);

        Assert.Equal(plain[0].Targets, early[0].Targets);
        Assert.Equal(TimeSpan.FromSeconds(1), plain[0].At);
    }

    [Fact]
    public void More_targets_than_instances_are_refused()
    {
        Assert.Throws<ProofException>(() => FaultPlan.Make([new FaultOptions { Kind = FaultKind.Kill, Count = 5, At = TimeSpan.Zero }], Instances, [], 1, 1));
    }

    private static FaultOptions Kill(double at, string target) => new() { Kind = FaultKind.Kill, Targets = [target], At = TimeSpan.FromSeconds(at) };
}
