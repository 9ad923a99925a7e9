namespace EvenKeel.Fleet.Events;

/// <summary>Something that was observed in the fleet.</summary>
public abstract record FleetEvent
{
    /// <summary>Its place in the order of all events of this fleet, counted from 1 without gaps; a gap shows that a reader missed some.</summary>
    public long Sequence { get; init; }

    /// <summary>When it was observed.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The service's name, or empty when it concerns the whole fleet.</summary>
    public string Service { get; init; } = "";

    /// <summary>The instance's name such as <c>web-2</c>, or empty when it concerns a whole service or fleet.</summary>
    public string Instance { get; init; } = "";

    /// <summary>Which life of the instance, from 1; 0 when it concerns no life.</summary>
    public int Generation { get; init; }

    /// <summary>What happened, as the end of a line that begins with the instance's name.</summary>
    public abstract string Text { get; }

    /// <summary>The whole sentence: <c>web-2#3 ready after 1.2 s</c>.</summary>
    public sealed override string ToString() =>
        Generation > 0 ? $"{Instance}#{Generation} {Text}" : $"{(Instance.Length > 0 ? Instance : Service)} {Text}".Trim();

    /// <summary>A time as people read it.</summary>
    private protected static string Show(TimeSpan time) => Durations.Show(time);
}
