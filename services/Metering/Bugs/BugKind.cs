namespace Metering.Bugs;

/// <summary>The fault to plant: <c>METERING_BUG</c>.</summary>
internal enum BugKind
{
    /// <summary>None: the default.</summary>
    None = 0,

    /// <summary><c>no-fence</c>: a close does not look whether its claim is still the latest one, nor whether the window is closed already.</summary>
    NoFence = 1,

    /// <summary><c>mark-once</c>: a late event marks its window only when there is no mark yet, which the reviser may be taking away.</summary>
    MarkOnce = 2,

    /// <summary><c>counters</c>: the totals of a window are counters by customer, read and emptied at the close, instead of its events.</summary>
    Counters = 3,

    /// <summary><c>inclusive</c>: a window takes the event at its end as well.</summary>
    Inclusive = 4,

    /// <summary><c>cursor</c>: events are aggregated from a number onwards, though numbers become visible out of order.</summary>
    Cursor = 5,
}
