using EvenKeel.Fleet.Actions;

namespace EvenKeel.Fleet.Tests.Actions;

public sealed class UnknownNameTests
{
    [Theory]
    [InlineData("web-9", new[] { "web-1", "web-2", "api-1" }, new[] { "web-1", "web-2" })]
    [InlineData("web-9", new[] { "web-1", "web-2", "web-3", "web-4" }, new[] { "web-1", "web-2", "web-3" })]
    [InlineData("WEB-1", new[] { "web-1", "api-1" }, new[] { "web-1" })]
    [InlineData("orders", new[] { "web-1", "api-1" }, new string[0])]
    [InlineData("w", new[] { "web-1" }, new string[0])]
    [InlineData("", new[] { "web-1" }, new string[0])]
    public void The_nearest_names_are_suggested_and_far_ones_are_not(string name, string[] known, string[] nearest) =>
        Assert.Equal(nearest, UnknownName.Nearest(name, known));

    [Fact]
    public void A_long_list_is_cut()
    {
        var known = Enumerable.Range(1, 100).Select(i => $"service-{i}").ToList();

        Assert.EndsWith("service-20 and 80 more.", UnknownName.Sentence("instance", "x", known), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_fleet_says_so() =>
        Assert.Equal("No instance is called 'web-1'. There are none.", UnknownName.Sentence("instance", "web-1", []));
}
