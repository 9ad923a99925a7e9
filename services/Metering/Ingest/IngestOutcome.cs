namespace Metering.Ingest;

/// <summary>What became of an event.</summary>
internal enum IngestOutcome
{
    /// <summary>Not decided yet.</summary>
    Pending = 0,

    /// <summary>It is committed.</summary>
    Processed = 1,

    /// <summary>The same event was committed before. Nothing changed.</summary>
    Duplicate = 2,

    /// <summary>Another event was committed under this id before. Nothing changed.</summary>
    Conflict = 3,

    /// <summary>It was not stored: the database cannot be reached, refused, or is given time to recover.</summary>
    Unavailable = 4,

    /// <summary>It was sent to the database and not confirmed: it may be committed. Sending it again counts it once.</summary>
    Unknown = 5,
}
