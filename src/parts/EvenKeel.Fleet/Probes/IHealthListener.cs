namespace EvenKeel.Fleet.Probes;

/// <summary>Hears what the checks of one life found. All calls come in the mailbox.</summary>
internal interface IHealthListener
{
    /// <summary>It was ready for the first time.</summary>
    void FirstReady();

    /// <summary>Its readiness changed after that.</summary>
    void ReadyChanged(bool ready);

    /// <summary>It was not ready within the start limit.</summary>
    void StartTimedOut();

    /// <summary>Liveness checks failed in a row.</summary>
    void NotLive(string reason);

    /// <summary>Another process answers on its port; told once.</summary>
    void PortTaken(string holder);

    /// <summary>A readiness check ended; the reason is null after a success.</summary>
    void Checked(string? reason);
}
