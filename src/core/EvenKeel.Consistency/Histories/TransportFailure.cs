namespace EvenKeel.Consistency.Histories;

/// <summary>How far a request got before its connection failed it.</summary>
public enum TransportFailure
{
    /// <summary>No failure: a reply came.</summary>
    None = 0,

    /// <summary>No connection could be made, so no byte of the request was sent.</summary>
    NotConnected = 1,

    /// <summary>The connection was reset or closed after bytes of the request may have been sent.</summary>
    Broken = 2,

    /// <summary>No complete reply came within the time allowed.</summary>
    TimedOut = 3,
}
