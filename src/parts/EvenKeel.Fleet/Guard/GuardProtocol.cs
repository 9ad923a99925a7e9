namespace EvenKeel.Fleet.Guard;

/// <summary>
/// What a supervisor writes to its guardian: lines of ASCII, each written whole (they are shorter than PIPE_BUF), in this grammar.
/// <code>
/// mark MARKER                 every process whose environment carries MARKER is guarded
/// add PID STARTTIME MARKER    the session PID is guarded, as long as its leader has this start time or a member carries MARKER
/// remove PID                  it is not any more
/// bye                         the supervisor ends in order: nothing is to be killed
/// </code>
/// The first line is always <c>mark</c>, and comes before any process is started: between the start of a process and its <c>add</c> the
/// marker alone guards it, so there is no instant in which the supervisor's death leaves one behind.
/// </summary>
internal static class GuardProtocol
{
    /// <summary>What the guardian writes when it reads and ignores signals.</summary>
    public const string Ready = "ready";

    /// <summary>Ends the guardian in order.</summary>
    public const string Bye = "bye";

    /// <summary>A longer line is not obeyed.</summary>
    public const int LineLimit = 256;

    /// <summary>Sessions that are recorded at most; the marker guards those beyond.</summary>
    public const int RecordLimit = 512;

    /// <summary>Guards all that carry a marker.</summary>
    public static string Mark(string marker) => $"mark {marker}";

    /// <summary>Guards a session.</summary>
    public static string Add(int pid, long startTime, string marker) => $"add {pid} {startTime} {marker}";

    /// <summary>Ends the guard of a session.</summary>
    public static string Remove(int pid) => $"remove {pid}";
}
