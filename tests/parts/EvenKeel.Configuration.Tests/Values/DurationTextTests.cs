using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Tests.Values;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("5s", 5_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1h2m3s4ms", 3_723_004)]
    [InlineData("1.5s", 1_500)]
    [InlineData("0s", 0)]
    [InlineData("90s", 90_000)]
    [InlineData("0.25ms", 0.25)]
    public void A_number_with_a_unit_is_a_duration(string text, double milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var value, out _));
        Assert.Equal(milliseconds, value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("5", "5s")]
    [InlineData("1.5", "1.5s")]
    [InlineData("5 s", "5s")]
    [InlineData("5S", "5s")]
    [InlineData("10sec", "10s")]
    [InlineData("3 minutes", "3m")]
    [InlineData("", null)]
    [InlineData("soon", null)]
    [InlineData("-5s", null)]
    [InlineData("30s1m", null)]
    [InlineData("5s5s", null)]
    [InlineData("5s\n", "5s")]
    [InlineData("1d", null)]
    [InlineData(".5s", null)]
    [InlineData("1e3s", null)]
    [InlineData("٥s", null)]
    public void Anything_else_is_refused_with_a_guess_when_there_is_one(string text, string? suggestion)
    {
        Assert.False(DurationText.TryParse(text, out _, out var given));
        Assert.Equal(suggestion, given);
    }

    [Theory]
    [InlineData("99999999999999999999999999999999999999h")]
    [InlineData("300000000h")]
    [InlineData("256204778h60000000000m")]
    public void A_duration_too_long_to_hold_is_the_longest_one(string text)
    {
        Assert.True(DurationText.TryParse(text, out var value, out _));
        Assert.Equal(TimeSpan.MaxValue, value);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(500, "500ms")]
    [InlineData(1_000, "1s")]
    [InlineData(90_000, "1m30s")]
    [InlineData(86_400_000, "24h")]
    [InlineData(0.25, "0.25ms")]
    public void Formatting_gives_the_form_that_is_read(double milliseconds, string text) =>
        Assert.Equal(text, DurationText.Format(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void Every_duration_survives_formatting_and_reading()
    {
        var random = new Random(7);
        for (var i = 0; i < 1_000; i++)
        {
            var duration = TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerDay));

            Assert.True(DurationText.TryParse(DurationText.Format(duration), out var read, out _));
            Assert.Equal(duration, read);
        }
    }
}
