using EvenKeel.Fleet.Ports;

namespace EvenKeel.Fleet.Addresses;

/// <summary>Ports of an allocator, reserved until they are returned or this is disposed. Any thread may use it.</summary>
public sealed class AllocatedPorts(PortAllocator allocator) : IPortSource, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, PortReservation> _held = [];

    /// <inheritdoc />
    /// <exception cref="PortUnavailableException">None is free.</exception>
    public int Take() => Hold(allocator.Allocate());

    /// <inheritdoc />
    /// <exception cref="PortUnavailableException">It is not a port, is reserved, or another process listens on it.</exception>
    public void Take(int port) => Hold(allocator.Reserve(port));

    /// <inheritdoc />
    public void Return(int port)
    {
        lock (_gate)
        {
            if (_held.Remove(port, out var reservation))
            {
                reservation.Dispose();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var reservation in _held.Values)
            {
                reservation.Dispose();
            }

            _held.Clear();
        }
    }

    private int Hold(PortReservation reservation)
    {
        lock (_gate)
        {
            _held.Add(reservation.Port, reservation);
        }

        return reservation.Port;
    }
}
