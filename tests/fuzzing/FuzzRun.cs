namespace EvenKeel.Fuzzing;

/// <summary>How long a fuzz test goes on: a fixed number of rounds in every run of the tests, ten minutes in a long one.</summary>
internal static class FuzzRun
{
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    /// <summary>Calls a round with a random source of its own; a failure names the seed, which repeats it.</summary>
    public static void Rounds(int count, Action<Random> round)
    {
        for (int seed = 0; seed < count; seed++)
        {
            One(seed, round);
        }
    }

    /// <summary>Rounds until the time is over, with seeds that the short run does not have.</summary>
    public static void For(TimeSpan time, Action<Random> round)
    {
        long start = TimeProvider.System.GetTimestamp();
        for (int seed = 1_000_000; TimeProvider.System.GetElapsedTime(start) < time; seed++)
        {
            One(seed, round);
        }
    }

    private static void One(int seed, Action<Random> round)
    {
        try
        {
            round(new Random(seed));
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"seed {seed}: {error.Message}", error);
        }
    }
}
