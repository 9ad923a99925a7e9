namespace EvenKeel.Windows.Ingest;

/// <summary>Whether the time of an event is one that can be counted.</summary>
public enum Timeliness
{
    /// <summary>It is counted: in an open window, or by revising a closed one.</summary>
    Acceptable = 0,

    /// <summary>It is older than <see cref="Options.WindowOptions.MaxLateness"/>: what it belongs to is final.</summary>
    TooLate = 1,

    /// <summary>It is further in the future than <see cref="Options.WindowOptions.MaxAhead"/>: the sender's clock is wrong.</summary>
    TooEarly = 2,
}
