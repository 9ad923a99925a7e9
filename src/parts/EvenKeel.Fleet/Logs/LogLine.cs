namespace EvenKeel.Fleet.Logs;

/// <summary>One line that an instance wrote.</summary>
/// <param name="Time">When it was read, which is when it was written or a little later.</param>
/// <param name="Service">The service's name.</param>
/// <param name="Instance">The instance's name.</param>
/// <param name="Generation">Which life of the instance wrote it.</param>
/// <param name="IsError">True for standard error.</param>
/// <param name="Text">The line without its end; bytes that are no UTF-8 are replaced by U+FFFD. At most 64 KiB; longer lines come in pieces.</param>
public sealed record LogLine(DateTimeOffset Time, string Service, string Instance, int Generation, bool IsError, string Text)
{
    /// <summary>For one reader: how many lines it missed right before this one because it was too slow.</summary>
    public long MissedBefore { get; init; }
}
