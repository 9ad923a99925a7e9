namespace EvenKeel.Fleet.Actions;

/// <summary>
/// Lets actions complete when their effect is observed: each condition is looked at after every job of the mailbox. In the mailbox only.
/// </summary>
internal sealed class Observations
{
    private readonly List<IObservation> _open = [];

    /// <summary>How many conditions are waited for.</summary>
    public int Count => _open.Count;

    /// <summary>Completes with what the condition gives, once it gives something.</summary>
    /// <param name="seen">Gives null until the effect is there; an exception ends the wait with it.</param>
    public Observation<T> Until<T>(Func<T?> seen)
        where T : class
    {
        var observation = new Observation<T>(seen);
        if (!observation.Look())
        {
            _open.Add(observation);
        }

        return observation;
    }

    /// <summary>Looks at all conditions.</summary>
    public void Look() => _open.RemoveAll(observation => observation.Look());

    /// <summary>Nothing will be seen any more.</summary>
    public void Close()
    {
        _open.ForEach(observation => observation.GiveUp());
        _open.Clear();
    }
}
