using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Tests.Values;

public sealed class RateTextTests
{
    [Theory]
    [InlineData("200", 200)]
    [InlineData("200/s", 200)]
    [InlineData("0.5/s", 0.5)]
    [InlineData("0", 0)]
    public void A_number_is_a_rate_per_second(string text, double perSecond)
    {
        Assert.True(RateText.TryParse(text, out var value, out _));
        Assert.Equal(perSecond, value);
    }

    [Theory]
    [InlineData("200rps", "200/s")]
    [InlineData("600/min", "10/s")]
    [InlineData("100/m", "1.667/s")]
    [InlineData("200 /s", null)]
    [InlineData("-1", null)]
    [InlineData("fast", null)]
    [InlineData("", null)]
    [InlineData("5\n", null)]
    public void Anything_else_is_refused_with_a_guess_when_there_is_one(string text, string? suggestion)
    {
        Assert.False(RateText.TryParse(text, out _, out var given));
        Assert.Equal(suggestion, given);
    }
}
