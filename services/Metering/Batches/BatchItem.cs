using Metering.Events;
using Metering.Ingest;

namespace Metering.Batches;

/// <summary>One event of a batch and what became of it.</summary>
internal sealed class BatchItem(EventDraft draft)
{
    public EventDraft Draft => draft;

    /// <summary>What became of it; pending for one that was rejected.</summary>
    public IngestOutcome Outcome { get; set; }

    /// <summary>The word for it in the answer.</summary>
    public string Status => draft.Faults.Count > 0 ? "REJECTED" : Outcome switch
    {
        IngestOutcome.Processed => "PROCESSED",
        IngestOutcome.Duplicate => "DUPLICATE",
        IngestOutcome.Conflict => "CONFLICT",
        IngestOutcome.Unknown => "UNKNOWN",
        _ => "UNAVAILABLE",
    };

    /// <summary>True when it has to be sent again.</summary>
    public bool IsOpen => draft.Faults.Count == 0 && Outcome is not (IngestOutcome.Processed or IngestOutcome.Duplicate or IngestOutcome.Conflict);
}
