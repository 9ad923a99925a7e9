namespace EvenKeel.Cli.Exits;

/// <summary>What the program's exit code says. When several apply, the order is 10, 11, 99, 7, 6, 1.</summary>
internal enum ExitCode
{
    /// <summary>Done; a proof passed, with operations checked and every planned fault confirmed.</summary>
    Done = 0,

    /// <summary>An error inside the program.</summary>
    Internal = 1,

    /// <summary>An unknown command or flag, or a bad value.</summary>
    Usage = 2,

    /// <summary>The configuration is not valid.</summary>
    Configuration = 3,

    /// <summary>The environment is not ready: a port is taken, a needed server does not answer, the cluster runs already.</summary>
    Environment = 4,

    /// <summary>There is no such instance, or no cluster runs.</summary>
    NotFound = 5,

    /// <summary>A state was waited for and did not come in time.</summary>
    TimedOut = 6,

    /// <summary>A service failed: it crashed again and again, or never became ready.</summary>
    ServiceFailed = 7,

    /// <summary>A proof found a violation.</summary>
    Violation = 10,

    /// <summary>A proof could not find out: nothing was checked, a fault was not confirmed, the control phase failed.</summary>
    Inconclusive = 11,

    /// <summary>A threshold of a load does not hold.</summary>
    Threshold = 99,

    /// <summary>Ended by SIGINT.</summary>
    Interrupted = 130,

    /// <summary>Ended by SIGTERM.</summary>
    Terminated = 143,
}
