namespace EvenKeel.Proof.Systems;

/// <summary>The condition of an instance, as far as a proof tells them apart.</summary>
public enum InstanceCondition
{
    /// <summary>Started, not ready yet.</summary>
    Starting = 0,

    /// <summary>Ready, and the gateway sends requests to it.</summary>
    Ready = 1,

    /// <summary>Running, but the gateway sends nothing to it: it failed its checks, or is being drained.</summary>
    Unready = 2,

    /// <summary>Stopped in its tracks by a pause.</summary>
    Paused = 3,

    /// <summary>No process.</summary>
    Down = 4,
}
