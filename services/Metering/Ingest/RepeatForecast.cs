namespace Metering.Ingest;

/// <summary>
/// Tells whether the next batch is likely to have new ids alone: when none of the last <see cref="Calm"/> batches had one that was taken. A wrong
/// guess costs a transaction that is rolled back and a line in the log of the server, once in as many batches at most. Thread-safe; a guess is
/// allowed to be old.
/// </summary>
internal sealed class RepeatForecast
{
    /// <summary>How many batches without a repetition make one expect none.</summary>
    public const int Calm = 64;

    private int _calm = Calm;

    /// <summary>True when no repetition is expected, as at the beginning.</summary>
    public bool AllAreNew => Volatile.Read(ref _calm) >= Calm;

    /// <summary>Tells what a batch had.</summary>
    /// <param name="repetition">Whether an id was taken.</param>
    public void Saw(bool repetition)
    {
        if (repetition)
        {
            Volatile.Write(ref _calm, 0);
        }
        else if (!AllAreNew)
        {
            Interlocked.Increment(ref _calm);
        }
    }
}
