namespace EvenKeel.Fleet.Addresses;

/// <summary>Reserves TCP ports on loopback for instances.</summary>
public interface IPortSource
{
    /// <summary>Reserves a port that nobody listens on.</summary>
    /// <exception cref="Exception">No port is free; the message says which range was tried.</exception>
    int Take();

    /// <summary>Reserves a port that a service names.</summary>
    /// <exception cref="Exception">It is not to be had; the message says who has it.</exception>
    void Take(int port);

    /// <summary>The port is no longer needed.</summary>
    void Return(int port);
}
