namespace EvenKeel.Fleet.Processes;

/// <summary>How a process ended.</summary>
/// <param name="Code">The exit code, or null when a signal ended it or it was not ours to wait for.</param>
/// <param name="Signal">The number of the signal that ended it, or null.</param>
public sealed record ProcessExit(int? Code, int? Signal)
{
    /// <summary>As a sentence's end: <c>exit code 3</c>, <c>signal 9 (SIGKILL)</c>.</summary>
    public override string ToString() => Signal switch
    {
        null => Code is { } code ? $"exit code {code}" : "unknown exit",
        6 => "signal 6 (SIGABRT)",
        9 => "signal 9 (SIGKILL)",
        11 => "signal 11 (SIGSEGV)",
        15 => "signal 15 (SIGTERM)",
        { } number => $"signal {number}",
    };
}
