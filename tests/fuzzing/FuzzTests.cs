using System.Runtime.Versioning;

namespace EvenKeel.Fuzzing;

/// <summary>The two forms of a fuzz test.</summary>
[SupportedOSPlatform("linux")]
internal static class FuzzTests
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    /// <summary>The corpus and ten seconds of new inputs.</summary>
    public static void Short(FuzzTarget target)
    {
        using FuzzTarget owned = target;
        using var session = new FuzzSession(target);
        session.Replay();
        Assert.True(session.Outcomes >= 5, $"{target.Name} has no corpus: {session}");
        session.For(FuzzSession.Short, FuzzSession.ShortSeed);
        MustHaveMeant(session);
    }

    /// <summary>Ten minutes, in which the targets take turns; new outcomes go into the corpus.</summary>
    public static void Long(params FuzzTarget[] targets)
    {
        FuzzSession[] sessions = [.. targets.Select(target => new FuzzSession(target))];
        foreach (FuzzSession session in sessions)
        {
            session.Replay();
        }

        long start = TimeProvider.System.GetTimestamp();
        for (int turn = 0; TimeProvider.System.GetElapsedTime(start) < FuzzSession.Long; turn++)
        {
            // A turn has a million seeds of its own, more than it can use up.
            sessions[turn % sessions.Length].For(Turn, FuzzSession.LongSeed * (1 + turn), keep: true);
        }

        foreach (FuzzSession session in sessions)
        {
            MustHaveMeant(session);
            session.Dispose();
        }

        foreach (FuzzTarget target in targets)
        {
            target.Dispose();
        }
    }

    // A run that was too short, or accepted nothing or everything, has tested nothing.
    private static void MustHaveMeant(FuzzSession session)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(session.ToString());
        Assert.True(session.Executions >= 2_000, $"too few: {session}");
        Assert.True(session.Accepted > session.Executions / 50 && session.Accepted < session.Executions * 49 / 50, $"too one-sided: {session}");
    }
}
