namespace EvenKeel.State.Connections;

/// <summary>
/// How long to wait before an attempt to connect: at once after a connection that had lived, then doubling from 50 ms to a limit. Each pause
/// is drawn from its upper half, so that many clients of one server do not return in step.
/// </summary>
internal sealed class ReconnectDelay(TimeSpan most, Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private int _failures;

    /// <summary>The next attempt is the first of a new series.</summary>
    public void Reset() => _failures = 0;

    /// <summary>Counts a failure.</summary>
    /// <returns>The pause before the next attempt.</returns>
    public TimeSpan Next()
    {
        TimeSpan whole = First * Math.Pow(2, Math.Min(_failures++, 20));
        whole = whole < most ? whole : most;
        return whole * (0.5 + (random.NextDouble() / 2));
    }

    /// <summary>A seed for another series.</summary>
    public int Seed() => random.Next();
}
