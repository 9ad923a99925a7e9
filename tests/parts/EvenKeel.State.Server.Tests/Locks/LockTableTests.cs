using System.Globalization;
using EvenKeel.State.Server.Channels;
using EvenKeel.State.Server.Locks;
using EvenKeel.State.Server.Tests.Keys;

namespace EvenKeel.State.Server.Tests.Locks;

public class LockTableTests
{
    private readonly ManualTime _time = new();
    private readonly LockTable _table;

    public LockTableTests() => _table = new LockTable(_time, new ChannelTable());

    [Fact]
    public void The_holder_keeps_others_out_until_it_releases_or_its_lease_ends()
    {
        long first = Granted("a:1");
        Assert.Equal(new LockAnswer(0, 1000, 0), Ask("b:1"));
        Assert.False(_table.Release("l", "b:2", first));
        Assert.True(_table.Release("l", "a:1", first));
        Assert.False(_table.Release("l", "a:1", first));
        long second = Granted("b:1");
        _time.Advance(1000);
        long third = Granted("c:1");
        Assert.True(first < second && second < third);
        Assert.False(_table.Renew("l", "b:1", second, 1000));
        Assert.False(_table.Release("l", "b:1", second));
    }

    [Fact]
    public void A_holder_that_asks_again_has_the_same_token_and_a_whole_lease()
    {
        long token = Granted("a:1");
        _time.Advance(900);
        Assert.Equal(token, Granted("a:1"));
        _time.Advance(900);
        Assert.True(_table.Renew("l", "a:1", token, 1000));
        Assert.False(_table.Renew("l", "a:1", token - 1, 1000));
        _time.Advance(900);
        Assert.Equal(0, Ask("b:1").Token);
    }

    [Fact]
    public void Waiters_come_in_the_order_in_which_they_first_asked_and_the_dead_lose_their_place()
    {
        long token = Granted("a:1");
        Assert.Equal([0, 1, 2], new[] { "b:1", "c:1", "d:1" }.Select(owner => Ask(owner).Ahead));
        Assert.Equal(1, Ask("c:1").Ahead);
        _table.Release("l", "a:1", token);
        Assert.Equal(new LockAnswer(0, 0, 1), Ask("c:1"));
        _time.Advance(299);
        Ask("c:1");
        Assert.Equal(0, Ask("d:1").Token);
        _time.Advance(1);
        Assert.Equal(0, Ask("d:1").Token);
        Granted("c:1");
    }

    [Fact]
    public void A_waiter_that_gives_up_leaves_its_place_and_whatever_it_was_granted_unknowingly()
    {
        long token = Granted("a:1");
        Ask("b:1");
        Ask("c:1");
        Assert.False(_table.Release("l", "b:1", 0));
        Assert.Equal(0, Ask("c:1").Ahead);
        Assert.True(_table.Release("l", "a:1", 0));
        Assert.True(Granted("c:1") > token);
    }

    [Fact]
    public void A_node_that_starts_anew_goes_on_above_its_old_tokens()
    {
        long before = Granted("a:1");
        _time.Advance(1);
        var anew = new LockTable(_time, new ChannelTable());
        Assert.True(anew.Acquire("l", "b:1", 1000, 0)!.Value.Token > before);
    }

    [Fact]
    public void Locks_and_waiters_are_limited_and_what_is_over_makes_room()
    {
        Granted("a:1");
        for (int i = 0; i < LockTable.MaxWaiters; i++)
        {
            Assert.Equal(i, Ask(string.Create(CultureInfo.InvariantCulture, $"w:{i}")).Ahead);
        }

        Assert.Equal(LockTable.MaxWaiters, Ask("late:1").Ahead);
        _table.Release("l", "w:0", 0);
        Assert.Equal(LockTable.MaxWaiters - 1, Ask("late:1").Ahead);

        for (int i = 1; i < LockTable.MaxLocks; i++)
        {
            Assert.NotNull(_table.Acquire(string.Create(CultureInfo.InvariantCulture, $"other {i}"), "a:1", 500, 0));
        }

        Assert.Null(_table.Acquire("one more", "a:1", 500, 0));
        _time.Advance(500);
        Assert.NotNull(_table.Acquire("one more", "a:1", 500, 0));
    }

    private LockAnswer Ask(string owner) => _table.Acquire("l", owner, 1000, 300)!.Value;

    private long Granted(string owner)
    {
        LockAnswer answer = Ask(owner);
        Assert.NotEqual(0, answer.Token);
        return answer.Token;
    }
}
