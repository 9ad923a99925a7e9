namespace EvenKeel.Fleet.Ports;

/// <summary>A port of the loopback interface that no other EvenKeel process of this user takes until it is disposed or this process ends.</summary>
public sealed class PortReservation : IDisposable
{
    private readonly FileStream _hold;

    internal PortReservation(int port, FileStream hold)
    {
        Port = port;
        _hold = hold;
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>Gives the port back. The file stays: deleting it would let two processes lock two files of one name.</summary>
    public void Dispose() => _hold.Dispose();
}
