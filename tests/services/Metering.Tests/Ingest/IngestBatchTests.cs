using Metering.Events;
using Metering.Ingest;

namespace Metering.Tests.Ingest;

public class IngestBatchTests
{
    [Fact]
    public void An_id_is_stored_once_in_one_order_and_its_repetitions_follow_the_first()
    {
        var queue = new IngestQueue(10);
        IngestTicket ticket = queue.TryEnter([Event("b", 1), Event("a", 1), Event("b", 1), Event("b", 2), Event("b", 1, tenant: 2)])!;
        var batch = new IngestBatch([.. Enumerable.Range(0, 5).Select(index => new IngestEntry(ticket, index))]);
        Assert.Equal(["1a", "1b", "2b"], batch.Entries.Select(entry => $"{entry.Event.TenantId}{entry.Event.EventId}"));

        (batch.Outcomes[0], batch.Outcomes[1], batch.Outcomes[2]) = (IngestOutcome.Unknown, IngestOutcome.Processed, IngestOutcome.Conflict);
        batch.Stored[2] = 9;
        batch.Tell(queue.Decide);
        Assert.True(ticket.Done.IsCompletedSuccessfully);
        Assert.Equal(
            [IngestOutcome.Processed, IngestOutcome.Unknown, IngestOutcome.Duplicate, IngestOutcome.Conflict, IngestOutcome.Conflict], ticket.Outcomes);
    }

    [Fact]
    public void A_repetition_that_agrees_with_what_is_stored_is_a_duplicate_although_the_first_is_in_conflict()
    {
        var queue = new IngestQueue(10);
        IngestTicket ticket = queue.TryEnter([Event("a", 1), Event("a", 2), Event("a", 3)])!;
        var batch = new IngestBatch([.. Enumerable.Range(0, 3).Select(index => new IngestEntry(ticket, index))]);
        (batch.Outcomes[0], batch.Stored[0]) = (IngestOutcome.Conflict, 2);

        batch.Tell(queue.Decide);

        Assert.Equal([IngestOutcome.Conflict, IngestOutcome.Duplicate, IngestOutcome.Conflict], ticket.Outcomes);
    }

    [Fact]
    public void The_room_is_counted_in_events_and_given_back_with_their_outcomes()
    {
        var queue = new IngestQueue(2);
        IngestTicket ticket = queue.TryEnter([Event("a", 1), Event("b", 1)])!;
        Assert.Null(queue.TryEnter([Event("c", 1)]));
        Assert.Equal(2, queue.Inside);
        queue.Decide(new IngestEntry(ticket, 1), IngestOutcome.Processed);
        Assert.NotNull(queue.TryEnter([Event("c", 1)]));
        Assert.Null(queue.TryEnter([Event("d", 1)]));
    }

    private static UsageEvent Event(string id, long hash, int tenant = 1) => new()
    {
        TenantId = tenant, EventId = id, Time = DateTime.UnixEpoch, CustomerId = 1, Partition = "1:c", Endpoint = "/", Hash = hash,
    };
}
