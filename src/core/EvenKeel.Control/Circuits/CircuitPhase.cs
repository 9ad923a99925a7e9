namespace EvenKeel.Control.Circuits;

/// <summary>What a circuit breaker lets through.</summary>
public enum CircuitPhase
{
    /// <summary>Every request.</summary>
    Closed = 0,

    /// <summary>None, until its time is over.</summary>
    Open = 1,

    /// <summary>A few probes, which decide.</summary>
    HalfOpen = 2,
}
