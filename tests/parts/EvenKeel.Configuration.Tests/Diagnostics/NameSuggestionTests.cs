using EvenKeel.Configuration.Diagnostics;

namespace EvenKeel.Configuration.Tests.Diagnostics;

public sealed class NameSuggestionTests
{
    private static readonly string[] Known = ["command", "instances", "keepAlive", "health", "at"];

    [Theory]
    [InlineData("instancs", "instances")]
    [InlineData("isntances", "instances")]
    [InlineData("Command", "command")]
    [InlineData("keep-alive", "keepAlive")]
    [InlineData("keep_alive", "keepAlive")]
    [InlineData("helth", "health")]
    [InlineData("ta", "at")]
    [InlineData("frobnicate", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void The_nearest_known_name_is_suggested_when_it_is_near(string name, string? expected) =>
        Assert.Equal(expected, NameSuggestion.Find(name, Known));

    [Fact]
    public void Very_long_names_are_not_compared() => Assert.Null(NameSuggestion.Find(new string('a', 65), [new string('a', 65)]));
}
