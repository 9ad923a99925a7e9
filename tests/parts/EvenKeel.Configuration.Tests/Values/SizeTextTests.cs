using EvenKeel.Configuration.Values;

namespace EvenKeel.Configuration.Tests.Values;

public sealed class SizeTextTests
{
    [Theory]
    [InlineData("512B", 512)]
    [InlineData("0B", 0)]
    [InlineData("64KiB", 65_536)]
    [InlineData("1KB", 1_000)]
    [InlineData("10MB", 10_000_000)]
    [InlineData("1.5MiB", 1_572_864)]
    [InlineData("1GiB", 1_073_741_824)]
    [InlineData("2GB", 2_000_000_000)]
    [InlineData("99999999999999999999GiB", long.MaxValue)]
    [InlineData("99999999999999999999999999999999999999B", long.MaxValue)]
    public void A_number_with_a_unit_is_a_size(string text, long bytes)
    {
        Assert.True(SizeText.TryParse(text, out var value, out _));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("512", "512B")]
    [InlineData("64k", "64KiB")]
    [InlineData("64kb", "64KiB")]
    [InlineData("10 MB", "10MiB")]
    [InlineData("1G", "1GiB")]
    [InlineData("", null)]
    [InlineData("-1B", null)]
    [InlineData("1TB", null)]
    [InlineData("many", null)]
    [InlineData("1B\n", "1B")]
    public void Anything_else_is_refused_with_a_guess_when_there_is_one(string text, string? suggestion)
    {
        Assert.False(SizeText.TryParse(text, out _, out var given));
        Assert.Equal(suggestion, given);
    }

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(512, "512B")]
    [InlineData(32 * 1024, "32KiB")]
    [InlineData(1L << 30, "1GiB")]
    [InlineData(1_000_000, "1000000B")]
    public void Formatting_takes_the_largest_unit_that_divides(long bytes, string text) => Assert.Equal(text, SizeText.Format(bytes));
}
