namespace EvenKeel.Fleet.Guard;

/// <summary>Ends what a supervisor left behind.</summary>
internal interface ISessionHunter
{
    /// <summary>Sends a kill to every process of the guarded sessions.</summary>
    /// <returns>How many are still there, those included that were killed just now and have not vanished yet.</returns>
    int Kill(GuardBook book);
}
