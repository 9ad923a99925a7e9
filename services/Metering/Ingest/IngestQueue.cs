using System.Threading.Channels;
using Metering.Events;

namespace Metering.Ingest;

/// <summary>
/// Events that wait to be stored. Its room is counted in events, from the moment they are taken in until their outcome is known, so that what
/// an instance holds in memory is bounded also while the database stands still.
/// </summary>
/// <param name="room">The most events that are on their way at a time.</param>
internal sealed class IngestQueue(int room)
{
    private readonly Channel<IngestEntry> _entries = Channel.CreateUnbounded<IngestEntry>();
    private int _inside;

    /// <summary>Events that are on their way.</summary>
    public int Inside => Volatile.Read(ref _inside);

    /// <summary>The most that may be.</summary>
    public int Room => room;

    /// <summary>Ends when nothing is taken in any more and all was taken out.</summary>
    public Task Completed => _entries.Reader.Completion;

    /// <summary>Takes events in, all or none.</summary>
    /// <returns>What becomes of them; null when there is no room for all, or the instance is stopping.</returns>
    public IngestTicket? TryEnter(UsageEvent[] events)
    {
        if (Interlocked.Add(ref _inside, events.Length) > room)
        {
            Interlocked.Add(ref _inside, -events.Length);
            return null;
        }

        var ticket = new IngestTicket(events);
        for (int index = 0; index < events.Length; index++)
        {
            if (!_entries.Writer.TryWrite(new IngestEntry(ticket, index)))
            {
                Decide(new IngestEntry(ticket, index), IngestOutcome.Unavailable);
            }
        }

        return ticket;
    }

    /// <summary>Takes up to a number of entries out; waits for the first.</summary>
    /// <returns>False when there will be no more.</returns>
    public async ValueTask<bool> TakeAsync(List<IngestEntry> entries, int most)
    {
        entries.Clear();
        while (entries.Count == 0)
        {
            if (!await _entries.Reader.WaitToReadAsync())
            {
                return false;
            }

            while (entries.Count < most && _entries.Reader.TryRead(out IngestEntry entry))
            {
                entries.Add(entry);
            }
        }

        return true;
    }

    /// <summary>Decides an entry and gives its room back.</summary>
    public void Decide(IngestEntry entry, IngestOutcome outcome)
    {
        Interlocked.Decrement(ref _inside);
        entry.Decide(outcome);
    }

    /// <summary>Takes nothing in any more; what is inside is stored.</summary>
    public void Complete() => _entries.Writer.TryComplete();
}
