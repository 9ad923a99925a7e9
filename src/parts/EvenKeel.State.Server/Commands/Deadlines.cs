namespace EvenKeel.State.Server.Commands;

/// <summary>Turns a length of time into a deadline.</summary>
internal static class Deadlines
{
    // Redis adds to the milliseconds since 1970 and refuses what does not fit; this much room makes the same lengths refused here until 2096.
    private const long Epoch = 4_000_000_000_000;

    /// <summary>The deadline after a length of time from now.</summary>
    /// <returns>False when it is too far away.</returns>
    public static bool TryAfter(long now, long length, bool inSeconds, out long deadline)
    {
        deadline = 0;
        if (inSeconds && length is > long.MaxValue / 1000 or < long.MinValue / 1000)
        {
            return false;
        }

        long milliseconds = inSeconds ? length * 1000 : length;
        if (milliseconds > long.MaxValue - Epoch)
        {
            return false;
        }

        deadline = milliseconds < 0 ? now : now + milliseconds;
        return true;
    }
}
