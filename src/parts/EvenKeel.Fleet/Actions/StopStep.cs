namespace EvenKeel.Fleet.Actions;

/// <summary>What ended an instance that was stopped.</summary>
public enum StopStep
{
    /// <summary>It had no process: it waited for a restart or never ran.</summary>
    NotRunning = 0,

    /// <summary>It ended before it was signalled to stop: by itself, or by a signal that was sent for another reason.</summary>
    OwnEnd = 1,

    /// <summary>It ended on SIGTERM within the grace.</summary>
    Terminate = 2,

    /// <summary>It was still there after the grace and was killed.</summary>
    Kill = 3,
}
