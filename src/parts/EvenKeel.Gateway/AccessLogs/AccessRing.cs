using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EvenKeel.Gateway.AccessLogs;

/// <summary>
/// Records on their way from one loop to the writer: a bounded ring of bytes that is made once, so that what waits lies close together. The
/// loop alone adds, the writer alone takes; each owns one of two positions and only reads the other's, so that neither waits. A ring
/// without room drops the record and counts it.
/// </summary>
/// <remarks>A record is its length in 8 bytes and then its own, all in whole words. One that does not fit before the end begins at the start.</remarks>
internal sealed class AccessRing
{
    /// <summary>The fewest bytes of a ring: room for the longest record.</summary>
    public const int MinCapacity = 16 * 1024;

    private const int Word = sizeof(long);
    private readonly byte[] _bytes;
    private readonly Action _wake;
    private long _added;
    private long _taken;
    private long _claimed;
    private long _dropped;

    /// <summary>Makes an empty ring.</summary>
    /// <param name="capacity">Its size in bytes, at least <see cref="MinCapacity"/>; rounded up to whole words.</param>
    /// <param name="wake">Called on the loop when half of it is taken; must return at once.</param>
    public AccessRing(int capacity, Action wake)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, MinCapacity);
        _bytes = GC.AllocateUninitializedArray<byte>(Whole(capacity));
        _wake = wake;
    }

    /// <summary>Records that found no room.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Room to fill, which <see cref="Publish"/> then hands over; false when the record is dropped. Called on the loop.</summary>
    /// <param name="length">The record's bytes, at most half of <see cref="MinCapacity"/>.</param>
    /// <param name="room">Exactly so many.</param>
    public bool TryClaim(int length, out Span<byte> room)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MinCapacity / 2);
        int at = (int)(_added % _bytes.Length);
        int whole = Word + Whole(length);
        int skipped = whole <= _bytes.Length - at ? 0 : _bytes.Length - at;
        if (_added + skipped + whole - Volatile.Read(ref _taken) > _bytes.Length)
        {
            Volatile.Write(ref _dropped, _dropped + 1);
            room = default;
            return false;
        }

        if (skipped > 0)
        {
            Length(at) = -1;
            at = 0;
        }

        Length(at) = length;
        _claimed = _added + skipped + whole;
        room = _bytes.AsSpan(at + Word, length);
        return true;
    }

    /// <summary>Hands the claimed room over. Called on the loop.</summary>
    public void Publish()
    {
        // What waits rises here only, so that each rise to the half is seen exactly once.
        long taken = Volatile.Read(ref _taken);
        bool rises = _added - taken < _bytes.Length / 2 && _claimed - taken >= _bytes.Length / 2;
        Volatile.Write(ref _added, _claimed);
        if (rises)
        {
            _wake();
        }
    }

    /// <summary>The oldest record, which stays until <see cref="Take"/>. Called by the writer.</summary>
    public bool TryPeek(out ReadOnlySpan<byte> record)
    {
        if (_taken == Volatile.Read(ref _added))
        {
            record = default;
            return false;
        }

        int at = Begin(out _);
        record = _bytes.AsSpan(at + Word, (int)Length(at));
        return true;
    }

    /// <summary>Gives the room of the oldest record back. Called by the writer.</summary>
    public void Take()
    {
        int at = Begin(out int skipped);
        Volatile.Write(ref _taken, _taken + skipped + Word + Whole((int)Length(at)));
    }

    private int Begin(out int skipped)
    {
        int at = (int)(_taken % _bytes.Length);
        skipped = Length(at) < 0 ? _bytes.Length - at : 0;
        return skipped > 0 ? 0 : at;
    }

    private ref long Length(int at) => ref Unsafe.As<byte, long>(ref MemoryMarshal.GetReference(_bytes.AsSpan(at, Word)));

    private static int Whole(int length) => (length + Word - 1) & -Word;
}
