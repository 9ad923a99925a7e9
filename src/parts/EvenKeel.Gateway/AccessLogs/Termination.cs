namespace EvenKeel.Gateway.AccessLogs;

/// <summary>How an exchange ended.</summary>
internal enum Termination : byte
{
    /// <summary>The response was relayed to its end, or a tunnel was closed.</summary>
    Ok = 0,

    /// <summary>The client left before its response was complete.</summary>
    ClientAbort,

    /// <summary>The response broke off after it had begun.</summary>
    Truncated,

    /// <summary>The gateway ended before the response was complete.</summary>
    Shutdown,

    /// <summary>The gateway itself answered: the problem says why.</summary>
    Problem,
}
