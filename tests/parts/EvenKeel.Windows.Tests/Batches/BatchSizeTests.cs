using EvenKeel.Windows.Batches;

namespace EvenKeel.Windows.Tests.Batches;

public sealed class BatchSizeTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(49);

    [Fact]
    public void It_doubles_while_transactions_are_short_and_full_up_to_the_most()
    {
        var size = new BatchSize(500);
        int[] taken = [.. Enumerable.Range(0, 6).Select(_ =>
        {
            int current = size.Current;
            size.Learn(current, Short);
            return current;
        })];
        Assert.Equal([32, 64, 128, 256, 500, 500], taken);
        Assert.Equal(7, new BatchSize(7).Current);
    }

    [Fact]
    public void A_transaction_that_was_not_full_tells_nothing_of_larger_ones()
    {
        var size = new BatchSize(500);
        size.Learn(31, Short);
        Assert.Equal(32, size.Current);
    }

    [Theory]
    [InlineData(50, 32)]
    [InlineData(100, 32)]
    [InlineData(200, 16)]
    [InlineData(400, 8)]
    [InlineData(60_000, 1)]
    public void It_shrinks_with_the_time_that_one_took(int milliseconds, int then)
    {
        var size = new BatchSize(500);
        size.Learn(32, TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(then, size.Current);
        size.Learn(size.Current, TimeSpan.FromMinutes(1));
        Assert.Equal(1, size.Current);
        size.Learn(1, Short);
        Assert.Equal(2, size.Current);
    }
}
