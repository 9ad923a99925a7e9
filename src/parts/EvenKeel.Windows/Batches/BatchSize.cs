namespace EvenKeel.Windows.Batches;

/// <summary>
/// How many windows one transaction takes. It begins small, doubles while transactions are short, and shrinks with the time that one took: whoever
/// puts a late event into one of the windows waits for as long as the transaction lasts, and what a window costs depends on its events.
/// Not for two threads at a time.
/// </summary>
/// <param name="most">The most windows of a transaction.</param>
internal sealed class BatchSize(int most)
{
    /// <summary>How long a transaction should last at most. One window may take longer.</summary>
    public static readonly TimeSpan Target = TimeSpan.FromMilliseconds(100);

    private const int First = 32;

    /// <summary>The windows that the next transaction takes.</summary>
    public int Current { get; private set; } = Math.Min(First, most);

    /// <summary>Learns from a transaction, also from one that failed.</summary>
    /// <param name="windows">How many windows it took.</param>
    /// <param name="elapsed">How long it lasted.</param>
    public void Learn(int windows, TimeSpan elapsed)
    {
        if (elapsed > Target)
        {
            Current = Math.Max(1, (int)(Math.Min(windows, Current) * (Target / elapsed)));
        }
        else if (elapsed < Target / 2 && windows >= Current)
        {
            Current = Math.Min(most, Current * 2);
        }
    }
}
