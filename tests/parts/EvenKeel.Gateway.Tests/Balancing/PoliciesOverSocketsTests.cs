using EvenKeel.Configuration.Model;
using EvenKeel.Gateway.Tests.Wire;

namespace EvenKeel.Gateway.Tests.Balancing;

public sealed class PoliciesOverSocketsTests
{
    [Theory]
    [InlineData(BalancePolicy.RoundRobin)]
    [InlineData(BalancePolicy.Weighted)]
    [InlineData(BalancePolicy.LeastConnections)]
    public async Task Idle_instances_are_chosen_in_turn(BalancePolicy policy)
    {
        await using var system = new BalancedSystem(policy, instances: 3);
        Assert.Equal([20, 20, 20], BalancedSystem.Shares(await system.AskAsync(60)));
    }

    // Chance decides: the bounds are more than five standard deviations from the mean.
    [Theory]
    [InlineData(BalancePolicy.Random, 70)]
    [InlineData(BalancePolicy.PowerOfTwo, 20)]
    public async Task Idle_instances_get_about_equal_shares(BalancePolicy policy, int tolerance)
    {
        await using var system = new BalancedSystem(policy, instances: 3);
        var shares = BalancedSystem.Shares(await system.AskAsync(600));
        Assert.Equal(3, shares.Count);
        Assert.All(shares, share => Assert.InRange(share, 200 - tolerance, 200 + tolerance));
    }

    [Theory]
    [InlineData(BalancePolicy.LeastConnections)]
    [InlineData(BalancePolicy.PowerOfTwo)]
    public async Task A_busy_instance_is_left_alone(BalancePolicy policy)
    {
        await using var system = new BalancedSystem(policy, instances: 0);
        await using var held = new HeldOrigin();
        var busy = system.Add(held.Origin);
        var waiting = system.Gateway.GetAsync();
        await Deadline.Until(() => held.Now == 1, "it is busy");
        system.Add();
        Assert.Equal([20], BalancedSystem.Shares(await system.AskAsync(20)));
        Assert.Equal(1, busy.InFlight);
        held.Release();
        Assert.Equal(200, (await waiting).Status);
    }

    [Fact]
    public async Task With_least_time_an_instance_that_fails_fast_does_not_look_fast()
    {
        await using var system = new BalancedSystem(BalancePolicy.LeastTime, instances: 1);
        system.Add(Origin.Serve((_, _) => "HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\noops"));
        Assert.Equal([1, 14], BalancedSystem.Shares(await system.AskAsync(15)));
    }

    [Fact]
    public async Task A_client_keeps_its_instance_by_its_address_until_that_is_gone()
    {
        await using var system = new BalancedSystem(BalancePolicy.SourceHash, instances: 4);
        var first = Assert.Single((await system.AskAsync(10)).Distinct());
        system.Gateway.Directory.Drain(first);
        var second = Assert.Single((await system.AskAsync(10)).Distinct());
        Assert.NotEqual(first, second);
        system.Gateway.Directory.Remove(second);
        Assert.DoesNotContain(Assert.Single((await system.AskAsync(10)).Distinct()), new[] { first, second });
    }
}
