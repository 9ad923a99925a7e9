namespace EvenKeel.Fleet.Processes;

/// <summary>A signal to a whole session: the process and everything that it started; or, where said, to the process alone.</summary>
public enum ProcessSignal
{
    /// <summary>Asks to end: SIGTERM.</summary>
    Terminate = 0,

    /// <summary>Ends at once: SIGKILL.</summary>
    Kill = 1,

    /// <summary>Freezes: SIGSTOP.</summary>
    Stop = 2,

    /// <summary>Thaws: SIGCONT.</summary>
    Continue = 3,

    /// <summary>Asks the leader alone to end: SIGINT. It tells its children itself.</summary>
    Interrupt = 4,

    /// <summary>Asks the leader alone to end: SIGQUIT. It tells its children itself.</summary>
    Quit = 5,
}
