using EvenKeel.Configuration.Model;
using EvenKeel.Control.Health;

namespace EvenKeel.Gateway.Tests.Balancing;

public sealed class HashingOverSocketsTests
{
    private const int Keys = 200;
    private static readonly HashOptions ByUser = new() { By = HashKeySource.Header, Name = "X-User" };

    [Theory]
    [InlineData(BalancePolicy.Ring)]
    [InlineData(BalancePolicy.Maglev)]
    [InlineData(BalancePolicy.Rendezvous)]
    public async Task Only_the_keys_of_an_instance_that_is_not_well_move_and_they_come_back(BalancePolicy policy)
    {
        await using var system = new BalancedSystem(policy, instances: 5, ByUser);
        var before = await AskAsync(system);
        Assert.Equal(before, await AskAsync(system));
        Assert.All(BalancedSystem.Shares(before), share => Assert.InRange(share, 20, 60));

        system.Gateway.Directory.Find("web-3")!.SetStatus(HealthStatus.Unhealthy);
        var during = await AskAsync(system);
        Assert.DoesNotContain("web-3", during);
        Assert.All(before.Zip(during).Where(pair => pair.First != "web-3"), pair => Assert.Equal(pair.First, pair.Second));

        // Its keys go to several others and not all to one.
        Assert.True(before.Zip(during).Where(pair => pair.First == "web-3").Select(pair => pair.Second).Distinct().Count() > 2);
        system.Gateway.Directory.Find("web-3")!.SetStatus(HealthStatus.Healthy);
        Assert.Equal(before, await AskAsync(system));
    }

    [Theory]
    [InlineData(BalancePolicy.Ring, 0)]
    [InlineData(BalancePolicy.Rendezvous, 0)]
    [InlineData(BalancePolicy.Maglev, 10)]
    public async Task When_an_instance_leaves_other_keys_stay_but_for_a_few_of_maglev(BalancePolicy policy, int allowed)
    {
        await using var system = new BalancedSystem(policy, instances: 5, ByUser);
        var before = await AskAsync(system);
        system.Gateway.Directory.Remove("web-2");
        var after = await AskAsync(system);
        Assert.DoesNotContain("web-2", after);
        Assert.InRange(before.Zip(after).Count(pair => pair.First != "web-2" && pair.First != pair.Second), 0, allowed);
    }

    [Theory]
    [InlineData(HashKeySource.Header, "X-User", "X-User: {0}\r\n", "/")]
    [InlineData(HashKeySource.Cookie, "user", "Cookie: a=b; user={0}\r\n", "/")]
    [InlineData(HashKeySource.Query, "user", "", "/?a=b&user={0}")]
    [InlineData(HashKeySource.Path, "", "", "/users/{0}")]
    public async Task Equal_values_meet_whatever_is_hashed(HashKeySource by, string name, string fields, string path)
    {
        await using var system = new BalancedSystem(BalancePolicy.Ring, instances: 4, new HashOptions { By = by, Name = name });
        string Fields(int i) => string.Format(null, fields, i / 2);
        string Path(int i) => string.Format(null, path, i / 2);
        var names = await system.AskAsync(80, Fields, Path);
        Assert.All(names.Chunk(2), pair => Assert.Equal(pair[0], pair[1]));
        Assert.Equal(4, names.Distinct().Count());
    }

    [Theory]
    [InlineData(BalancePolicy.Ring)]
    [InlineData(BalancePolicy.Maglev)]
    [InlineData(BalancePolicy.Rendezvous)]
    public async Task Requests_without_the_key_are_spread(BalancePolicy policy)
    {
        await using var system = new BalancedSystem(policy, instances: 3, ByUser);
        Assert.All(BalancedSystem.Shares(await system.AskAsync(300, i => i % 2 == 0 ? "" : "X-User:\r\n")), share => Assert.InRange(share, 40, 160));
    }

    [Fact]
    public async Task Another_gateway_gives_a_key_to_the_same_instance()
    {
        await using var one = new BalancedSystem(BalancePolicy.Ring, instances: 5, ByUser);
        await using var other = new BalancedSystem(BalancePolicy.Ring, instances: 5, ByUser);
        Assert.Equal(await AskAsync(one), await AskAsync(other));
    }

    private static Task<List<string>> AskAsync(BalancedSystem system) => system.AskAsync(Keys, i => $"X-User: user-{i}\r\n");
}
