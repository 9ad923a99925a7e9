namespace EvenKeel.Fleet.Actions;

/// <summary>Something that is waited for.</summary>
internal interface IObservation
{
    /// <summary>Looks once, in the mailbox.</summary>
    /// <returns>True when there is nothing left to look for.</returns>
    bool Look();

    /// <summary>Ends the wait as cancelled, from any thread.</summary>
    void GiveUp();
}
