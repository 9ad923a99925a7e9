namespace EvenKeel.Fleet.Instances;

/// <summary>The states of an instance; one word in every list, event and metric.</summary>
public enum InstanceState
{
    /// <summary>It does not run, and is not meant to.</summary>
    Stopped = 0,

    /// <summary>Its process runs and was not ready yet.</summary>
    Starting = 1,

    /// <summary>It can serve and gets traffic.</summary>
    Ready = 2,

    /// <summary>It was ready, and its checks failed since; it gets no traffic.</summary>
    Unready = 3,

    /// <summary>It gets no new requests; those in flight are waited for.</summary>
    Draining = 4,

    /// <summary>It was signalled to end, or what is left of its session is being cleared.</summary>
    Stopping = 5,

    /// <summary>It ended and waits for its restart.</summary>
    Waiting = 6,

    /// <summary>Its processes are frozen on request.</summary>
    Paused = 7,

    /// <summary>It ended again and again; it is still tried, at the longest back-off.</summary>
    Failed = 8,
}
