using EvenKeel.Configuration.Model;

namespace EvenKeel.Gateway.Tests.Balancing;

public sealed class WeightsOverSocketsTests
{
    private static readonly HashOptions ByUser = new() { By = HashKeySource.Header, Name = "X-User" };

    [Fact]
    public async Task Every_round_of_weighted_turns_is_exact()
    {
        await using var system = new BalancedSystem(BalancePolicy.Weighted, instances: 3, weights: new() { ["web-1"] = 3, ["web-2"] = 2 });
        var names = await system.AskAsync(60);
        Assert.All(names.Chunk(6), round => Assert.Equal([3, 2, 1], BalancedSystem.Shares([.. round])));
    }

    // A quarter and three quarters are expected; the keys are fixed, and p2c's bound is more than five standard deviations away.
    [Theory]
    [InlineData(BalancePolicy.PowerOfTwo)]
    [InlineData(BalancePolicy.Ring)]
    [InlineData(BalancePolicy.Maglev)]
    [InlineData(BalancePolicy.Rendezvous)]
    public async Task Shares_follow_the_weights(BalancePolicy policy)
    {
        await using var system = new BalancedSystem(policy, instances: 2, ByUser, new() { ["web-2"] = 3 });
        Assert.InRange(BalancedSystem.Shares(await AskAsync(system))[0], 170, 330);
    }

    [Fact]
    public async Task Weights_change_with_the_options_and_only_the_keys_that_have_to_move_do()
    {
        await using var system = new BalancedSystem(BalancePolicy.Ring, instances: 3, ByUser);
        var before = await AskAsync(system);
        system.Gateway.Gateway.Apply(system.Gateway.Options with { Weights = new Dictionary<string, int> { ["web-1"] = 3 } });
        var after = await AskAsync(system);
        Assert.All(before.Zip(after).Where(pair => pair.First != pair.Second), pair => Assert.Equal("web-1", pair.Second));
        Assert.InRange(after.Count(name => name == "web-1"), 480, 720);
        system.Gateway.Gateway.Apply(system.Gateway.Options);
        Assert.Equal(before, await AskAsync(system));
    }

    private static Task<List<string>> AskAsync(BalancedSystem system) => system.AskAsync(1000, i => $"X-User: user-{i}\r\n");
}
