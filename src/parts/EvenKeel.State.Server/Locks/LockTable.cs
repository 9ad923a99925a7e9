using System.Text;
using EvenKeel.State.Server.Channels;

namespace EvenKeel.State.Server.Locks;

/// <summary>
/// The locks of a state node. They are no keys: FLUSHALL leaves them alone. A token is the microsecond of the clock (since 1970), or one more
/// than the last token of this node where that is higher: a node that was started anew goes on above what it had given before, unless
/// the clock was set back meanwhile. One thread uses it.
/// </summary>
internal sealed class LockTable(TimeProvider time, ChannelTable channels)
{
    /// <summary>Locks that are held or waited for at a time.</summary>
    public const int MaxLocks = 100_000;

    /// <summary>Waiters of one lock that keep a place; those beyond may ask again, and get a place when there is one.</summary>
    public const int MaxWaiters = 10_000;

    /// <summary>Before the client's part of an owner (which ends at the colon): the channel on which that client is told of its turn.</summary>
    public const string ChannelPrefix = "evenkeel:lock:";

    private readonly Dictionary<string, HeldLock> _locks = new(StringComparer.Ordinal);
    private readonly long _start = time.GetTimestamp();
    private readonly long _epochMicroseconds = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    private long _lastToken;

    private long Now => (long)time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>
    /// Takes a lock, or a place in the queue when <paramref name="patience"/> is above 0. Asking again keeps the place, and a holder who asks
    /// again gets the same token and a whole lease.
    /// </summary>
    /// <returns>Null when there are too many locks.</returns>
    public LockAnswer? Acquire(string name, string owner, long lease, long patience)
    {
        long now = Now;
        if (!_locks.TryGetValue(name, out HeldLock? held))
        {
            if (_locks.Count >= MaxLocks && !Sweep(now))
            {
                return null;
            }

            _locks.Add(name, held = new HeldLock());
        }

        // 1. A holder whose lease has ended holds nothing.
        if (held.ExpiresAt <= now)
        {
            held.Owner = null;
        }

        // 2. The holder asks again: its reply was lost.
        if (held.Owner == owner)
        {
            held.ExpiresAt = now + lease;
            return new LockAnswer(held.Token, 0, 0);
        }

        // 3. Free, and nobody who is alive came before.
        if (held.Owner is null && (Head(held, now) is not { } head || head.Owner == owner))
        {
            held.Waiters.RemoveAll(waiter => waiter.Owner == owner);
            held.Owner = owner;
            held.ExpiresAt = now + lease;
            held.Token = _lastToken = Math.Max(_lastToken + 1, _epochMicroseconds + (long)time.GetElapsedTime(_start).TotalMicroseconds);
            return new LockAnswer(held.Token, 0, 0);
        }

        // 4. Wait.
        int place = patience > 0 ? Place(held, owner, now + patience) : held.Waiters.Count;
        return new LockAnswer(0, held.Owner is null ? 0 : held.ExpiresAt - now, place);
    }

    /// <summary>Gives the holder a whole lease from now.</summary>
    /// <returns>False when that grant is over.</returns>
    public bool Renew(string name, string owner, long token, long lease)
    {
        long now = Now;
        if (!_locks.TryGetValue(name, out HeldLock? held) || held.Owner != owner || held.Token != token || held.ExpiresAt <= now)
        {
            return false;
        }

        held.ExpiresAt = now + lease;
        return true;
    }

    /// <summary>Gives a lock back and gives up any place in the queue; token 0 for whatever grant the owner has. Whoever is next is told.</summary>
    /// <returns>False when the owner did not hold it.</returns>
    public bool Release(string name, string owner, long token)
    {
        if (!_locks.TryGetValue(name, out HeldLock? held))
        {
            return false;
        }

        long now = Now;
        held.Waiters.RemoveAll(waiter => waiter.Owner == owner);
        bool released = held.Owner == owner && held.ExpiresAt > now && (token == 0 || token == held.Token);
        if (released || held.ExpiresAt <= now)
        {
            held.Owner = null;
        }

        if (held.Owner is null)
        {
            if (Head(held, now) is { } head)
            {
                channels.Publish(Encoding.Latin1.GetBytes(ChannelPrefix + head.Owner.Split(':')[0]), Encoding.Latin1.GetBytes(head.Owner));
            }
            else
            {
                _locks.Remove(name);
            }
        }

        return released;
    }

    /// <summary>The first waiter who is alive; those before are dropped.</summary>
    private static LockWaiter? Head(HeldLock held, long now)
    {
        int dead = held.Waiters.FindIndex(waiter => waiter.AliveUntil > now);
        held.Waiters.RemoveRange(0, dead < 0 ? held.Waiters.Count : dead);
        return held.Waiters.Count > 0 ? held.Waiters[0] : null;
    }

    private static int Place(HeldLock held, string owner, long aliveUntil)
    {
        int place = held.Waiters.FindIndex(waiter => waiter.Owner == owner);
        if (place < 0)
        {
            place = held.Waiters.Count;
            if (place == MaxWaiters)
            {
                return place;
            }

            held.Waiters.Add(new LockWaiter(owner));
        }

        held.Waiters[place].AliveUntil = aliveUntil;
        return place;
    }

    /// <summary>Drops locks that nobody holds or waits for any more. Runs only at the limit.</summary>
    private bool Sweep(long now)
    {
        foreach (string name in _locks.Where(pair => pair.Value.ExpiresAt <= now && Head(pair.Value, now) is null).Select(pair => pair.Key).ToArray())
        {
            _locks.Remove(name);
        }

        return _locks.Count < MaxLocks;
    }
}
