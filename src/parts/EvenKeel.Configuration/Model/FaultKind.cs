namespace EvenKeel.Configuration.Model;

/// <summary>What a fault does to an instance.</summary>
public enum FaultKind
{
    /// <summary>SIGKILL to the instance and all its children.</summary>
    Kill = 0,

    /// <summary>SIGSTOP, and SIGCONT after a while.</summary>
    Pause = 1,
}
