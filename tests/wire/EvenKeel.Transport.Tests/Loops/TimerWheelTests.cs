using EvenKeel.Transport.Loops;

namespace EvenKeel.Transport.Tests.Loops;

public sealed class TimerWheelTests
{
    private readonly TimerWheel _wheel = new();

    [Fact]
    public void Timers_are_taken_by_tick_and_within_a_tick_in_the_order_of_adding()
    {
        Add(5, "c");
        Add(3, "a");
        Add(5, "d");
        Add(4, "b");
        Assert.Empty(TakeAll(2));
        Assert.Equal(["a", "b"], TakeAll(4));
        Assert.Equal(["c", "d"], TakeAll(100));
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public void A_timer_of_a_later_revolution_is_passed_over()
    {
        Add(10, "near");
        Add(10 + 1024, "far");
        Add(10 + (1024 * 5), "farther");
        Assert.Equal(["near"], TakeAll(1000));
        Assert.Equal(["far"], TakeAll(1034));
        Assert.Equal(["farther"], TakeAll(100_000));
    }

    [Fact]
    public void A_due_tick_that_has_passed_counts_as_the_next()
    {
        Add(1, "first");
        Assert.Equal(["first"], TakeAll(50));
        Add(20, "late");
        Assert.Empty(TakeAll(50));
        Assert.Equal(["late"], TakeAll(51));
    }

    [Fact]
    public void A_timer_that_is_added_for_the_tick_in_hand_is_not_lost()
    {
        Add(3, "a");
        Assert.Equal("a", _wheel.TakeDue(10)!.State);
        Add(2, "b");
        Assert.Equal(["b"], TakeAll(10));
    }

    [Fact]
    public void Removing_works_at_every_place_of_a_slot_and_twice()
    {
        WheelTimer[] timers = [.. Enumerable.Range(0, 5).Select(i => Add(7, i.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        _wheel.Remove(timers[0]);
        _wheel.Remove(timers[2]);
        _wheel.Remove(timers[4]);
        _wheel.Remove(timers[4]);
        Assert.Equal(2, _wheel.Count);
        Assert.Equal(["1", "3"], TakeAll(7));
        _wheel.Remove(timers[1]);
        Assert.Equal(0, _wheel.Count);
        Assert.Null(_wheel.NextTick());
    }

    [Fact]
    public void A_timer_can_be_started_again_when_it_was_taken_and_put_off_while_it_waits()
    {
        WheelTimer timer = Add(3, "a");
        Assert.Equal(["a"], TakeAll(3));
        _wheel.Restart(timer, 8);
        _wheel.Restart(timer, 9);
        Assert.Equal(1, _wheel.Count);
        Assert.Empty(TakeAll(8));
        Assert.Equal(["a"], TakeAll(9));
        Assert.Empty(TakeAll(2000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_timers_are_all_taken_at_their_tick_whatever_the_steps(int seed)
    {
        var random = new Random(seed);
        var pending = new List<WheelTimer>();
        long now = 0;
        for (int step = 0; step < 3000; step++)
        {
            for (int i = random.Next(4); i > 0; i--)
            {
                pending.Add(_wheel.Add(now + random.Next(5000), _ => { }, null));
            }

            if (pending.Count > 0 && random.Next(3) == 0)
            {
                WheelTimer cancelled = pending[random.Next(pending.Count)];
                _wheel.Remove(cancelled);
                pending.Remove(cancelled);
            }

            long? next = _wheel.NextTick();
            Assert.Equal(pending.Count == 0, next is null);
            Assert.True(next is null || next <= pending.Min(timer => timer.DueTick), "NextTick is later than the earliest timer");
            now += random.Next(10) == 0 ? random.Next(3000) : random.Next(20);
            long last = 0;
            while (_wheel.TakeDue(now) is { } timer)
            {
                Assert.InRange(timer.DueTick, last, now);
                last = timer.DueTick;
                Assert.True(pending.Remove(timer));
            }

            Assert.DoesNotContain(pending, timer => timer.DueTick <= now);
            Assert.Equal(pending.Count, _wheel.Count);
        }
    }

    private WheelTimer Add(long due, string name) => _wheel.Add(due, _ => { }, name);

    private List<object?> TakeAll(long now)
    {
        var taken = new List<object?>();
        while (_wheel.TakeDue(now) is { } timer)
        {
            taken.Add(timer.State);
        }

        return taken;
    }
}
