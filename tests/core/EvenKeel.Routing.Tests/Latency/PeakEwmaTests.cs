using EvenKeel.Routing.Latency;

namespace EvenKeel.Routing.Tests.Latency;

public sealed class PeakEwmaTests
{
    private static readonly PeakEwma Fast = default(PeakEwma).Observe(0, 10);

    [Fact]
    public void A_slower_sample_counts_at_once() => Assert.Equal(500, Fast.Observe(1, 500).Cost);

    [Fact]
    public void A_faster_sample_counts_as_much_as_time_has_passed()
    {
        PeakEwma after = default(PeakEwma).Observe(0, 100).Observe(PeakEwma.TauMilliseconds, 10);
        Assert.Equal(10 + (90 / Math.E), after.Cost, 0.01);
        Assert.Equal(100, default(PeakEwma).Observe(0, 100).Observe(0, 10).Cost);
    }

    [Fact]
    public void Load_grows_with_what_is_pending_and_decays_by_reading()
    {
        Assert.Equal(40, Fast.Load(0, 3), 0.001);
        Assert.Equal(20 / Math.E, Fast.Load(PeakEwma.TauMilliseconds, 1), 0.001);
    }

    [Fact]
    public void A_new_one_gets_one_request_and_no_flood()
    {
        Assert.Equal(0, default(PeakEwma).Load(5, 0));
        Assert.True(default(PeakEwma).Load(5, 1) > new PeakEwma(PeakEwma.MaxRetryAfterMilliseconds, 5).Load(5, 0));
    }

    [Fact]
    public void One_that_fails_at_once_does_not_look_fast()
    {
        PeakEwma failing = Fast.Observe(1, PeakEwma.Penalty(0.2f));
        Assert.Equal(PeakEwma.FailureMilliseconds, failing.Cost);
        Assert.True(failing.Load(1, 0) > Fast.Load(1, 100));
        Assert.Equal(7_000, PeakEwma.Penalty(7_000));
        Assert.Equal(60_000, PeakEwma.Penalty(1, retryAfter: 60_000));
        Assert.Equal(PeakEwma.MaxRetryAfterMilliseconds, PeakEwma.Penalty(1, retryAfter: 1e9f));
    }

    [Fact]
    public void One_that_was_slow_once_is_tried_again_after_a_while_so_that_it_does_not_starve()
    {
        PeakEwma slow = Fast.Observe(0, 60_000);
        Assert.True(slow.Load(PeakEwma.TauMilliseconds, 0) > 0);
        Assert.Equal(0, slow.Load(PeakEwma.TauMilliseconds + 1, 0));
        Assert.True(slow.Load(PeakEwma.TauMilliseconds + 1, 1) > 0);
    }

    [Fact]
    public void Identical_servers_after_one_bad_moment_come_to_share_alike_again()
    {
        PeakEwma[] servers = [Fast, Fast.Observe(0, 3_000)];
        int[] counts = new int[2];
        for (uint now = 0; now < 120_000; now += 10)
        {
            int chosen = servers[0].Load(now, 0) <= servers[1].Load(now, 0) ? 0 : 1;
            chosen = servers[0].Load(now, 0) == servers[1].Load(now, 0) ? (int)(now / 10 % 2) : chosen;
            servers[chosen] = servers[chosen].Observe(now, 10 + (now % 3));
            counts[chosen] += now >= 60_000 ? 1 : 0;
        }

        Assert.InRange(counts[1], counts.Sum() / 4, counts.Sum() * 3 / 4);
    }

    [Fact]
    public void A_clock_that_wraps_or_lies_a_little_behind_does_no_harm()
    {
        PeakEwma wrapped = default(PeakEwma).Observe(uint.MaxValue - 4, 100);
        Assert.Equal(100 * Math.Exp(-0.001), wrapped.Load(5, 0), 0.01);
        Assert.Equal(100, wrapped.Load(uint.MaxValue - 20, 0), 0.01);
    }

    [Fact]
    public void It_fits_into_one_word()
    {
        var some = new PeakEwma(12.5f, uint.MaxValue - 1);
        Assert.Equal(some, PeakEwma.Unpack(some.Pack()));
        Assert.False(PeakEwma.Unpack(0).IsKnown);
    }
}
