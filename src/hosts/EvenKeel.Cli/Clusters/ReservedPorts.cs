using EvenKeel.Cli.Exits;
using EvenKeel.Fleet.Addresses;
using EvenKeel.Fleet.Ports;

namespace EvenKeel.Cli.Clusters;

/// <summary>The ports of one cluster's instances, reserved against all other clusters of this user.</summary>
internal sealed class ReservedPorts : IPortSource, IDisposable
{
    private readonly PortAllocator _allocator = new();
    private readonly Dictionary<int, PortReservation> _held = [];
    private readonly Lock _gate = new();

    /// <summary>Reserves the ports that a file names.</summary>
    /// <exception cref="CommandException">One of them is taken.</exception>
    public void Reserve(IReadOnlyList<int> named)
    {
        try
        {
            lock (_gate)
            {
                foreach (var reservation in _allocator.Reserve(named))
                {
                    _held.Add(reservation.Port, reservation);
                }
            }
        }
        catch (PortUnavailableException error)
        {
            throw new CommandException(ExitCode.Environment, "EK3004", error.Message);
        }
    }

    public int Take()
    {
        var reservation = _allocator.Allocate();
        lock (_gate)
        {
            _held.Add(reservation.Port, reservation);
        }

        return reservation.Port;
    }

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
}
