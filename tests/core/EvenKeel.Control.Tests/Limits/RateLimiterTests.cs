using EvenKeel.Control.Limits;

namespace EvenKeel.Control.Tests.Limits;

public sealed class RateLimiterTests
{
    private static readonly RateRules Rules = new(2, 3);

    [Fact]
    public void A_burst_passes_then_the_rate()
    {
        var limiter = new RateLimiter(Rules, 10);
        Assert.Equal(3, Take(limiter, 1, At(0), 5));
        Assert.Equal(1, Take(limiter, 1, At(0.5), 5));
        Assert.Equal(3, Take(limiter, 1, At(100), 5));
    }

    [Fact]
    public void The_wait_is_the_time_until_a_token_is_there()
    {
        var limiter = new RateLimiter(Rules, 10);
        Take(limiter, 1, At(0), 3);
        Assert.False(limiter.TryTake(Key(1), At(0.25), out var wait));
        Assert.Equal(0.25, wait.TotalSeconds, 6);
        Assert.True(limiter.TryTake(Key(1), At(0.25) + wait, out _));
    }

    [Fact]
    public void Each_key_has_a_bucket_of_its_own()
    {
        var limiter = new RateLimiter(Rules, 10);
        Assert.Equal(3, Take(limiter, 1, At(0), 5));
        Assert.Equal(3, Take(limiter, 2, At(0), 5));
    }

    [Fact]
    public void Keys_are_bounded_and_the_one_asked_for_longest_ago_makes_room()
    {
        var limiter = new RateLimiter(Rules, 3);
        foreach (int key in new[] { 1, 2, 3, 1, 4 })
        {
            Take(limiter, key, At(0), 3);
        }

        Assert.Equal(3, limiter.Count);
        Assert.Equal((0, 0, 0), (Take(limiter, 1, At(0), 1), Take(limiter, 3, At(0), 1), Take(limiter, 4, At(0), 1)));
        Assert.Equal(3, Take(limiter, 2, At(0), 5));
    }

    [Fact]
    public void A_flood_of_keys_takes_no_more_room_and_refuses_nobody_wrongly()
    {
        var limiter = new RateLimiter(Rules, 100);
        for (int key = 0; key < 10_000; key++)
        {
            Assert.True(limiter.TryTake(Key(key), At(0), out _));
        }

        Assert.Equal(100, limiter.Count);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void Limits_that_let_nothing_through_are_refused(double rate, int burst, int keys)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new RateLimiter(new RateRules(rate, burst), keys));

    private static int Take(RateLimiter limiter, int key, TimeSpan now, int times)
        => Enumerable.Range(0, times).Count(turn => limiter.TryTake(Key(key), now, out TimeSpan _));

    private static RateKey Key(int number) => new(number, -number);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
