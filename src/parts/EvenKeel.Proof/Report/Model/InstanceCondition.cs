namespace EvenKeel.Proof.Report.Model;

/// <summary>What an instance was seen to be.</summary>
public enum InstanceCondition
{
    /// <summary>Nothing was seen.</summary>
    Unknown = 0,

    /// <summary>Started, not yet ready.</summary>
    Starting = 1,

    /// <summary>Ready: it gets traffic.</summary>
    Ready = 2,

    /// <summary>Running, but its readiness failed.</summary>
    NotReady = 3,

    /// <summary>Taken out, finishing what it has.</summary>
    Draining = 4,

    /// <summary>Stopped in its tracks by a fault.</summary>
    Paused = 5,

    /// <summary>No process.</summary>
    Down = 6,
}
