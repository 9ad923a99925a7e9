namespace EvenKeel.Configuration.Model;

/// <summary>The signal that asks an instance to end in order.</summary>
public enum StopSignal
{
    /// <summary>SIGTERM, to the whole session.</summary>
    Terminate = 0,

    /// <summary>SIGINT, to the process that was started; it tells its own children.</summary>
    Interrupt = 1,

    /// <summary>SIGQUIT, to the process that was started; it tells its own children.</summary>
    Quit = 2,
}
