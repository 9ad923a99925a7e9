namespace EvenKeel.Configuration.Model;

/// <summary>Whether a proof sends the file's load, and how often.</summary>
public enum ProveLoad
{
    /// <summary>It does not: there is a workload, or only availability is measured.</summary>
    Off = 0,

    /// <summary>Each request once.</summary>
    Once = 1,

    /// <summary>Each request until its outcome is known, as a sender does that must know. The service has to recognise what it has already.</summary>
    Resend = 2,
}
