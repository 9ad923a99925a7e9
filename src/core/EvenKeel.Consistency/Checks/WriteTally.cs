using EvenKeel.Consistency.Histories;
using EvenKeel.Consistency.Sightings;

namespace EvenKeel.Consistency.Checks;

/// <summary>What became of the elements that a history added or showed.</summary>
internal sealed class WriteTally
{
    /// <summary>Elements acknowledged or shown.</summary>
    public int Known { get; private set; }

    /// <summary>Elements with an acknowledged add.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Elements whose adds were all unknown or failed, at least one unknown.</summary>
    public int Unknown { get; private set; }

    /// <summary>Those of <see cref="Unknown"/> that a read showed.</summary>
    public int Recovered { get; private set; }

    /// <summary>Elements whose adds had all failed, and which a read showed nevertheless.</summary>
    public int RefusedButShown { get; private set; }

    /// <summary>Known elements that the last reads show.</summary>
    public int Stable { get; set; }

    /// <summary>Known elements that no later read could show.</summary>
    public int NeverRead { get; set; }

    /// <summary>Counts a subject under what its adds and reads say.</summary>
    public void Count(HistoryIndex index, int subject)
    {
        Known += index.KnownBy[subject] is null ? 0 : 1;
        if (!index.Map.Adds.TryGetValue(subject, out var adds))
        {
            return;
        }

        var shown = index.FirstShowing[subject] is not null;
        if (adds.Exists(static add => add.Outcome == OperationOutcome.Ok))
        {
            Acknowledged++;
        }
        else if (adds.Exists(static add => add.Outcome == OperationOutcome.Unknown))
        {
            Unknown++;
            Recovered += shown ? 1 : 0;
        }
        else if (shown)
        {
            RefusedButShown++;
        }
    }
}
