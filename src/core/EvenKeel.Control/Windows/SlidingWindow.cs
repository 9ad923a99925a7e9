namespace EvenKeel.Control.Windows;

/// <summary>
/// Two counts over the time that has just passed, kept in ten slots: what is older than the window is forgotten a tenth at a time, so that a
/// total covers nine to ten tenths of the window. Time is an argument: what passed since any fixed moment, never less than before.
/// Not thread-safe: the caller serialises.
/// </summary>
public sealed class SlidingWindow
{
    private const int Slots = 10;

    private readonly long _slotTicks;
    private readonly long[] _first = new long[Slots];
    private readonly long[] _second = new long[Slots];
    private long _slot;

    /// <summary>Makes an empty window.</summary>
    /// <param name="length">How far back the totals reach; at least 10 ticks.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is too short.</exception>
    public SlidingWindow(TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length.Ticks, Slots);
        _slotTicks = length.Ticks / Slots;
    }

    /// <summary>The total of the first count at the last call of <see cref="Add"/>.</summary>
    public long First { get; private set; }

    /// <summary>The total of the second count at the last call of <see cref="Add"/>.</summary>
    public long Second { get; private set; }

    /// <summary>Lets time pass, then counts.</summary>
    public void Add(TimeSpan now, long first, long second)
    {
        Advance(now.Ticks / _slotTicks);
        _first[_slot % Slots] += first;
        _second[_slot % Slots] += second;
        First += first;
        Second += second;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_first);
        Array.Clear(_second);
        First = Second = 0;
    }

    private void Advance(long slot)
    {
        if (slot - _slot >= Slots)
        {
            Clear();
            _slot = slot;
        }

        while (_slot < slot)
        {
            _slot++;
            First -= _first[_slot % Slots];
            Second -= _second[_slot % Slots];
            _first[_slot % Slots] = _second[_slot % Slots] = 0;
        }
    }
}
