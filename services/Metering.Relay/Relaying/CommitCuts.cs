namespace Metering.Relay.Relaying;

/// <summary>Cuts the connection behind every so many commits, whoever made them.</summary>
/// <param name="every">How many; 0 is never.</param>
/// <param name="tell">Told of each cut.</param>
public sealed class CommitCuts(int every, Action<RelayStep, long> tell)
{
    private long _commits;

    /// <summary>True when the connection of a step is to be cut.</summary>
    public bool IsDue(RelayStep step)
    {
        if (every == 0 || !step.IsCommit || Interlocked.Increment(ref _commits) is var number && number % every != 0)
        {
            return false;
        }

        tell(step, number);
        return true;
    }
}
