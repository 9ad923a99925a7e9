namespace EvenKeel.Windows;

/// <summary>The windows of one length: half-open, one after the other, from the Unix epoch.</summary>
/// <param name="length">The length of each.</param>
public readonly struct WindowGrid(TimeSpan length)
{
    /// <summary>The start of the window that holds a moment. A moment on a boundary belongs to the window that begins there.</summary>
    /// <param name="moment">The moment, in UTC.</param>
    public DateTime StartOf(DateTime moment)
    {
        long offset = (moment - DateTime.UnixEpoch).Ticks % length.Ticks;
        return moment.AddTicks(offset < 0 ? -offset - length.Ticks : -offset);
    }

    /// <summary>The end of the window that begins at a moment; it is not part of it.</summary>
    public DateTime EndOf(DateTime start) => start + length;
}
