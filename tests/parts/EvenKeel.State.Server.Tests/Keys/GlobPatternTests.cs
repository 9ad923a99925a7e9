using System.Text;
using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Tests.Keys;

public class GlobPatternTests
{
    [Theory]
    [InlineData("*", "")]
    [InlineData("*", "anything")]
    [InlineData("a*c", "abbbc")]
    [InlineData("a*b*c", "a-b-b-c")]
    [InlineData("h?llo", "hello")]
    [InlineData("h[ae]llo", "hallo")]
    [InlineData("h[^e]llo", "hallo")]
    [InlineData("h[a-c]llo", "hbllo")]
    [InlineData("h[c-a]llo", "hbllo")]
    [InlineData("h\\*llo", "h*llo")]
    [InlineData("h[\\]]llo", "h]llo")]
    [InlineData("h[ab", "ha")]
    [InlineData("", "")]
    public void These_match(string pattern, string text) => Assert.True(Matches(pattern, text));

    [Theory]
    [InlineData("", "a")]
    [InlineData("a", "")]
    [InlineData("a*c", "abbb")]
    [InlineData("h?llo", "hllo")]
    [InlineData("h[ae]llo", "hillo")]
    [InlineData("h[^e]llo", "hello")]
    [InlineData("h\\*llo", "hello")]
    [InlineData("A", "a")]
    public void These_do_not(string pattern, string text) => Assert.False(Matches(pattern, text));

    [Fact]
    public void Many_stars_cost_no_more_than_the_product_of_the_lengths()
    {
        // With a search that tries every star again this takes longer than anybody waits.
        Assert.False(Matches(string.Concat(Enumerable.Repeat("a*", 200)) + "b", new string('a', 20_000)));
    }

    private static bool Matches(string pattern, string text) => GlobPattern.Matches(Encoding.UTF8.GetBytes(pattern), Encoding.UTF8.GetBytes(text));
}
