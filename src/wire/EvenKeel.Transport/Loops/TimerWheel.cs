using System.Numerics;

namespace EvenKeel.Transport.Loops;

/// <summary>
/// A hashed timing wheel: adding and cancelling cost the same however many timers there are. A timer lies in the slot of its tick modulo the
/// number of slots; one that is due in a later revolution is passed over once per revolution. Ticks have no unit here. Not thread-safe.
/// </summary>
internal sealed class TimerWheel
{
    private const int Slots = 1024;
    private readonly WheelTimer?[] _first = new WheelTimer?[Slots];
    private readonly WheelTimer?[] _last = new WheelTimer?[Slots];
    private readonly ulong[] _occupied = new ulong[Slots / 64];

    /// <summary>Timers that are neither taken nor cancelled.</summary>
    public int Count { get; private set; }

    /// <summary>The tick whose timers were last looked at.</summary>
    public long Tick { get; private set; }

    /// <summary>Adds a timer; a due tick that has passed counts as the next tick.</summary>
    public WheelTimer Add(long dueTick, Action<object?> callback, object? state)
    {
        var timer = new WheelTimer(this, callback, state);
        Insert(timer, dueTick);
        return timer;
    }

    /// <summary>Adds a timer of this wheel again, wherever it was.</summary>
    public void Restart(WheelTimer timer, long dueTick)
    {
        Remove(timer);
        Insert(timer, dueTick);
    }

    /// <summary>Takes a timer out. Harmless when it is not in.</summary>
    public void Remove(WheelTimer timer)
    {
        if (!timer.IsPending)
        {
            return;
        }

        int slot = SlotOf(timer.DueTick);
        if (timer.Previous is { } previous)
        {
            previous.Next = timer.Next;
        }
        else
        {
            _first[slot] = timer.Next;
        }

        if (timer.Next is { } next)
        {
            next.Previous = timer.Previous;
        }
        else
        {
            _last[slot] = timer.Previous;
        }

        if (_first[slot] is null)
        {
            _occupied[slot >> 6] &= ~(1UL << slot);
        }

        timer.IsPending = false;
        timer.Previous = timer.Next = null;
        Count--;
    }

    /// <summary>
    /// Takes the next timer that is due at <paramref name="now"/>: by tick, and among those of one tick the one added first. Null when none is.
    /// </summary>
    public WheelTimer? TakeDue(long now)
    {
        while (Tick < now)
        {
            if (Count == 0)
            {
                Tick = now;
                return null;
            }

            // The tick is not left before every timer of it was taken: Tick + 1 is the one in hand.
            long tick = Tick + 1;
            int slot = SlotOf(tick);
            for (WheelTimer? timer = _first[slot]; timer is not null; timer = timer.Next)
            {
                if (timer.DueTick == tick)
                {
                    Remove(timer);
                    return timer;
                }
            }

            Tick = tick;
        }

        return null;
    }

    /// <summary>The tick to look again at: never later than the earliest timer, possibly earlier. Null when there is no timer.</summary>
    public long? NextTick()
    {
        if (Count == 0)
        {
            return null;
        }

        int start = SlotOf(Tick + 1);
        for (int word = 0; word <= Slots / 64; word++)
        {
            int index = ((start >> 6) + word) % (Slots / 64);
            ulong bits = _occupied[index];
            if (word == 0)
            {
                bits &= ulong.MaxValue << start;
            }

            if (bits != 0)
            {
                int slot = (index << 6) + BitOperations.TrailingZeroCount(bits);
                return Tick + 1 + ((slot - start + Slots) % Slots);
            }
        }

        return Tick + Slots;
    }

    private void Insert(WheelTimer timer, long dueTick)
    {
        timer.DueTick = Math.Max(dueTick, Tick + 1);
        timer.IsPending = true;
        int slot = SlotOf(timer.DueTick);
        timer.Previous = _last[slot];
        if (timer.Previous is { } previous)
        {
            previous.Next = timer;
        }
        else
        {
            _first[slot] = timer;
            _occupied[slot >> 6] |= 1UL << slot;
        }

        _last[slot] = timer;
        Count++;
    }

    private static int SlotOf(long tick) => (int)(tick & (Slots - 1));
}
