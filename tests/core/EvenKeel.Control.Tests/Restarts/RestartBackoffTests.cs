using EvenKeel.Control.Restarts;

namespace EvenKeel.Control.Tests.Restarts;

public sealed class RestartBackoffTests
{
    private static readonly RestartPolicy Default = new(TimeSpan.Zero, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));

    [Fact]
    public void The_first_restart_is_immediate()
    {
        var backoff = new RestartBackoff(Default, new Random(1));

        Assert.Equal(new RestartDecision(TimeSpan.Zero, 1, Failed: false), backoff.Ended(Seconds(3)));
    }

    [Fact]
    public void Waits_double_from_the_first_to_the_cap_and_are_drawn_from_their_upper_half()
    {
        double[] longest = [0.5, 1, 2, 4, 8, 16, 30, 30];
        for (var seed = 0; seed < 50; seed++)
        {
            var backoff = new RestartBackoff(Default, new Random(seed));
            backoff.Ended(Seconds(0));
            for (var i = 0; i < longest.Length; i++)
            {
                // Ends 20 s apart: never five in a window of 60 s.
                var decision = backoff.Ended(Seconds(20 * (i + 1)));
                Assert.InRange(decision.Wait.TotalSeconds, longest[i] / 2, longest[i]);
                Assert.False(decision.Failed);
            }
        }
    }

    [Fact]
    public void Jitter_spreads_instances_that_fell_together()
    {
        var waits = Enumerable.Range(0, 100).Select(seed => SecondEnd(new Random(seed))).ToList();

        Assert.True(waits.Distinct().Count() > 90);
        Assert.True(waits.Max() - waits.Min() > TimeSpan.FromMilliseconds(200));

        static TimeSpan SecondEnd(Random random)
        {
            var backoff = new RestartBackoff(Default, random);
            backoff.Ended(Seconds(0));
            return backoff.Ended(Seconds(1)).Wait;
        }
    }

    [Fact]
    public void The_same_seed_draws_the_same_waits()
    {
        Assert.Equal(Waits(7), Waits(7));
        Assert.NotEqual(Waits(7), Waits(8));

        static List<TimeSpan> Waits(int seed)
        {
            var backoff = new RestartBackoff(Default, new Random(seed));
            return [.. Enumerable.Range(0, 6).Select(i => backoff.Ended(Seconds(i)).Wait)];
        }
    }

    [Theory]
    [InlineData(9.9, 2)]
    [InlineData(10.0, 1)]
    public void Ten_seconds_of_ready_time_forgive_a_short_back_off(double ready, int endsInARow)
    {
        var backoff = new RestartBackoff(Default, new Random(1));
        backoff.Ended(Seconds(0));
        backoff.BecameReady(Seconds(1));

        Assert.Equal(endsInARow, backoff.Ended(Seconds(1 + ready)).EndsInARow);
    }

    [Fact]
    public void After_a_long_wait_twice_that_wait_must_be_served()
    {
        var backoff = new RestartBackoff(Default, new Random(1));
        var wait = TimeSpan.Zero;
        for (var i = 0; i < 9; i++)
        {
            wait = backoff.Ended(Seconds(20 * i)).Wait;
        }

        Assert.True(wait > TimeSpan.FromSeconds(10));
        backoff.BecameReady(Seconds(300));
        var notYet = backoff.Ended(Seconds(300) + (wait * 1.9));
        Assert.Equal(10, notYet.EndsInARow);

        backoff.BecameReady(Seconds(600));
        Assert.Equal(1, backoff.Ended(Seconds(600) + (notYet.Wait * 2)).EndsInARow);
    }

    [Fact]
    public void Only_ready_time_counts_towards_the_reset()
    {
        var backoff = new RestartBackoff(Default, new Random(1));
        backoff.Ended(Seconds(0));
        backoff.BecameReady(Seconds(1));
        backoff.BecameUnready(Seconds(6));

        Assert.Equal(2, backoff.Ended(Seconds(100)).EndsInARow);
    }

    [Fact]
    public void Ready_time_of_one_life_adds_up_over_unready_gaps()
    {
        var backoff = new RestartBackoff(Default, new Random(1));
        backoff.Ended(Seconds(0));
        backoff.BecameReady(Seconds(1));
        backoff.BecameUnready(Seconds(7));
        backoff.BecameReady(Seconds(20));

        Assert.Equal(1, backoff.Ended(Seconds(24)).EndsInARow);
    }

    [Fact]
    public void Five_ends_in_a_minute_are_a_crash_loop_that_is_tried_again_at_the_cap()
    {
        var backoff = new RestartBackoff(Default, new Random(1));
        for (var i = 0; i < 4; i++)
        {
            Assert.False(backoff.Ended(Seconds(15 * i)).Failed);
        }

        var fifth = backoff.Ended(Seconds(60));

        Assert.True(fifth.Failed);
        Assert.InRange(fifth.Wait, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Five_ends_in_more_than_a_minute_are_no_crash_loop()
    {
        var backoff = new RestartBackoff(Default, new Random(1));
        for (var i = 0; i < 4; i++)
        {
            backoff.Ended(Seconds(15 * i));
        }

        Assert.False(backoff.Ended(Seconds(60.1)).Failed);
    }

    [Fact]
    public void A_crash_loop_stays_failed_until_it_was_ready_long_enough()
    {
        var backoff = new RestartBackoff(Default, new Random(1));
        for (var i = 0; i < 5; i++)
        {
            backoff.Ended(Seconds(i));
        }

        // At the cap the ends are too far apart to fill the window again, which must not look like health.
        var later = backoff.Ended(Seconds(500));
        Assert.True(later.Failed);

        backoff.BecameReady(Seconds(600));
        Assert.Equal(new RestartDecision(TimeSpan.Zero, 1, Failed: false), backoff.Ended(Seconds(600) + (later.Wait * 2)));
    }

    [Fact]
    public void The_delay_of_a_slow_machine_is_added_to_every_restart_also_the_immediate_one()
    {
        var delay = TimeSpan.FromSeconds(4);
        var backoff = new RestartBackoff(Default with { Delay = delay }, new Random(1));

        Assert.Equal(delay, backoff.Ended(Seconds(0)).Wait);
        Assert.InRange(backoff.Ended(Seconds(1)).Wait, delay + TimeSpan.FromMilliseconds(250), delay + TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public void Forgiving_makes_the_next_end_the_first()
    {
        var backoff = new RestartBackoff(Default, new Random(1));
        for (var i = 0; i < 5; i++)
        {
            backoff.Ended(Seconds(i));
        }

        backoff.Forgive();

        Assert.Equal(new RestartDecision(TimeSpan.Zero, 1, Failed: false), backoff.Ended(Seconds(6)));
    }

    [Fact]
    public void Ten_thousand_ends_neither_overflow_nor_pass_the_cap()
    {
        var backoff = new RestartBackoff(Default, new Random(1));
        for (var i = 0; i < 10_000; i++)
        {
            Assert.InRange(backoff.Ended(Seconds(i)).Wait, TimeSpan.Zero, Default.Max);
        }
    }

    [Theory]
    [InlineData(-1, 1, 2)]
    [InlineData(0, -1, 2)]
    [InlineData(0, 3, 2)]
    public void Times_that_make_no_sense_are_refused(int delay, int first, int max) =>
        Assert.Throws<ArgumentException>(
            () => new RestartBackoff(new RestartPolicy(Seconds(delay), Seconds(first), Seconds(max)), new Random(1)));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
