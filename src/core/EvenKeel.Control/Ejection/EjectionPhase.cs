namespace EvenKeel.Control.Ejection;

/// <summary>What real requests say of an endpoint.</summary>
public enum EjectionPhase
{
    /// <summary>It gets its share of requests.</summary>
    Admitted = 0,

    /// <summary>It gets no requests until its time is over.</summary>
    Ejected = 1,

    /// <summary>Its time is over, and one request may try it.</summary>
    TrialDue = 2,

    /// <summary>One request tries it; the others stay away.</summary>
    OnTrial = 3,
}
