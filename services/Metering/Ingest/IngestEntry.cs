using Metering.Events;

namespace Metering.Ingest;

/// <summary>One event of a ticket.</summary>
internal readonly record struct IngestEntry(IngestTicket Ticket, int Index)
{
    /// <summary>
    /// By tenant and id, the order in which all transactions store events so that they cannot deadlock; of one id the first to come is first.
    /// </summary>
    public static readonly Comparer<(IngestEntry Entry, int Place)> StoreOrder = Comparer<(IngestEntry Entry, int Place)>.Create(static (one, other) =>
    {
        (UsageEvent a, UsageEvent b) = (one.Entry.Event, other.Entry.Event);
        int order = a.TenantId.CompareTo(b.TenantId);
        order = order != 0 ? order : string.CompareOrdinal(a.EventId, b.EventId);
        return order != 0 ? order : one.Place.CompareTo(other.Place);
    });

    public UsageEvent Event => Ticket.Events[Index];

    public void Decide(IngestOutcome outcome) => Ticket.Decide(Index, outcome);
}
