using EvenKeel.Windows;
using Metering.Events;

namespace Metering.Ingest;

/// <summary>Entries in the order in which they are stored, without repetitions of an id; those follow what becomes of the first.</summary>
internal sealed class IngestBatch
{
    private readonly List<(IngestEntry Entry, int First)> _repeated = [];

    /// <summary>Sorts entries.</summary>
    /// <param name="entries">In the order in which they came.</param>
    public IngestBatch(IReadOnlyList<IngestEntry> entries)
    {
        var ordered = new (IngestEntry Entry, int Place)[entries.Count];
        for (int place = 0; place < ordered.Length; place++)
        {
            ordered[place] = (entries[place], place);
        }

        Array.Sort(ordered, IngestEntry.StoreOrder);
        var distinct = new List<IngestEntry>(ordered.Length);
        foreach ((IngestEntry entry, _) in ordered)
        {
            if (distinct.Count > 0 && distinct[^1].Event is var last && last.TenantId == entry.Event.TenantId && last.EventId == entry.Event.EventId)
            {
                _repeated.Add((entry, distinct.Count - 1));
            }
            else
            {
                distinct.Add(entry);
            }
        }

        Entries = distinct;
        Outcomes = new IngestOutcome[distinct.Count];
        Stored = new long?[distinct.Count];
    }

    /// <summary>The entries to store.</summary>
    public IReadOnlyList<IngestEntry> Entries { get; }

    /// <summary>What became of each.</summary>
    public IngestOutcome[] Outcomes { get; }

    /// <summary>The hash of what was stored under the id of each before, where that had to be looked up.</summary>
    public long?[] Stored { get; }

    /// <summary>How many events fell into windows that were closed.</summary>
    public int Late { get; set; }

    /// <summary>True once the server has confirmed the transaction of the last attempt.</summary>
    public bool IsCommitted { get; set; }

    /// <summary>The windows of the events.</summary>
    public HashSet<WindowKey> Windows(WindowGrid grid)
    {
        var windows = new HashSet<WindowKey>();
        foreach (IngestEntry entry in Entries)
        {
            windows.Add(new WindowKey(entry.Event.Partition, grid.StartOf(entry.Event.Time)));
        }

        return windows;
    }

    /// <summary>Tells every entry, the repetitions too, what became of it. A repetition of what failed has failed like it.</summary>
    public void Tell(Action<IngestEntry, IngestOutcome> decide)
    {
        for (int place = 0; place < Entries.Count; place++)
        {
            decide(Entries[place], Outcomes[place]);
        }

        foreach ((IngestEntry entry, int first) in _repeated)
        {
            decide(entry, Repeated(entry.Event, Stored[first] ?? Entries[first].Event.Hash, Outcomes[first]));
        }
    }

    // What is stored decides, which is the first one only when that was new: the first may be in conflict with it, and the repetition agree.
    private static IngestOutcome Repeated(UsageEvent one, long stored, IngestOutcome outcome) => outcome switch
    {
        IngestOutcome.Processed or IngestOutcome.Duplicate or IngestOutcome.Conflict =>
            one.Hash == stored ? IngestOutcome.Duplicate : IngestOutcome.Conflict,
        _ => outcome,
    };
}
