namespace EvenKeel.Fleet.Addresses;

/// <summary>Hands out TCP ports on loopback for instances whose service names none.</summary>
public interface IPortSource
{
    /// <summary>A port that nobody listens on and that this source has not handed out and not got back.</summary>
    /// <exception cref="InvalidOperationException">No port is free; the message says which range was tried.</exception>
    int Take();

    /// <summary>The port is no longer needed.</summary>
    void Return(int port);
}
