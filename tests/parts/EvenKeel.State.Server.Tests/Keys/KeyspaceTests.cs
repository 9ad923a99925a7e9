using System.Globalization;
using System.Text;
using EvenKeel.State.Server.Keys;

namespace EvenKeel.State.Server.Tests.Keys;

public class KeyspaceTests
{
    private readonly ManualTime _time = new();
    private readonly Keyspace _keys;

    public KeyspaceTests() => _keys = new Keyspace(_time);

    [Fact]
    public void A_key_is_gone_at_its_deadline_and_not_before()
    {
        Expiring("k", 1000);
        _time.Advance(999);
        Assert.NotNull(_keys.Find("k"u8));
        _time.Advance(1);
        Assert.Null(_keys.Find("k"u8));
        Assert.Equal((0, 0, 0L, 1L), (_keys.Count, _keys.ExpiringCount, _keys.UsedBytes, _keys.ExpiredTotal));
    }

    [Fact]
    public void The_timer_removes_what_nobody_asks_for_and_no_more_than_it_is_told()
    {
        for (int i = 0; i < 10; i++)
        {
            Expiring($"k{i}", 100);
        }

        _keys.SetText("stays"u8, [1], keepDeadline: false);
        _time.Advance(100);
        Assert.True(_keys.RemoveExpired(4));
        Assert.Equal(7, _keys.Count);
        Assert.False(_keys.RemoveExpired(100));
        Assert.Equal(1, _keys.Count);
    }

    [Fact]
    public void A_renewed_deadline_replaces_the_old_one()
    {
        Entry entry = Expiring("k", 100);
        _keys.SetDeadline(entry, 500);
        _time.Advance(200);
        _keys.RemoveExpired(10);
        Assert.NotNull(_keys.Find("k"u8));
        _keys.SetDeadline(entry, Entry.Never);
        _time.Advance(10_000);
        _keys.RemoveExpired(10);
        Assert.NotNull(_keys.Find("k"u8));
    }

    [Fact]
    public void Renewing_one_key_a_hundred_thousand_times_costs_no_memory()
    {
        var queue = new ExpiryQueue();
        var entry = new Entry([1], 0);
        for (int i = 1; i <= 100_000; i++)
        {
            entry.Deadline = i;
            queue.Add(entry, live: 1);
        }

        Assert.InRange(queue.Count, 1, 65);
        Assert.Same(entry, queue.TakeDue(100_000));
    }

    [Fact]
    public void Bytes_that_are_given_back_are_counted_back()
    {
        _keys.SetText("k"u8, new byte[1000], keepDeadline: false);
        Assert.InRange(_keys.UsedBytes, 1001, 1400);
        _keys.SetText("k"u8, new byte[10], keepDeadline: false);
        Assert.InRange(_keys.UsedBytes, 11, 400);
        for (int i = 0; i < 100; i++)
        {
            _keys.SetField("h"u8, Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture)), new byte[100]);
            _keys.SetField("h"u8, Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture)), new byte[50]);
        }

        Assert.InRange(_keys.UsedBytes, 5000, 30_000);
        for (int i = 0; i < 100; i++)
        {
            _keys.RemoveField(_keys.Find("h"u8)!, Encoding.ASCII.GetBytes(i.ToString(CultureInfo.InvariantCulture)));
        }

        Assert.Null(_keys.Find("h"u8));
        _keys.Remove(_keys.Find("k"u8)!);
        Assert.Equal(0, _keys.UsedBytes);
    }

    [Fact]
    public void A_walk_tells_every_key_that_stays_exactly_once_while_others_come_and_go()
    {
        for (int i = 0; i < 1000; i++)
        {
            _keys.SetText(Encoding.ASCII.GetBytes($"stay{i}"), [], keepDeadline: false);
            _keys.SetText(Encoding.ASCII.GetBytes($"go{i}"), [], keepDeadline: false);
        }

        var random = new Random(5);
        var seen = new List<string>();
        int cursor = 0;
        do
        {
            var found = new List<Entry>();
            cursor = _keys.Walk(cursor, 7, found);
            seen.AddRange(found.Select(e => Encoding.ASCII.GetString(e.Key)));
            for (int i = 0; i < 5; i++)
            {
                if (_keys.Find(Encoding.ASCII.GetBytes($"go{random.Next(1000)}")) is { } gone)
                {
                    _keys.Remove(gone);
                }

                _keys.SetText(Encoding.ASCII.GetBytes($"come{random.Next(100_000)}"), [], keepDeadline: false);
            }
        }
        while (cursor != 0);

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"stay{i}").Order(), seen.Where(k => k.StartsWith("stay", StringComparison.Ordinal)).Order());
    }

    private Entry Expiring(string key, long after)
    {
        Entry entry = _keys.SetText(Encoding.ASCII.GetBytes(key), [1], keepDeadline: false);
        _keys.SetDeadline(entry, _keys.Now + after);
        return entry;
    }
}
