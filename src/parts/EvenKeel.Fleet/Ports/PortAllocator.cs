using System.Globalization;

namespace EvenKeel.Fleet.Ports;

/// <summary>
/// Reserves ports of the loopback interface for instances, against every other EvenKeel process of this user, and checks that nobody else
/// listens there. Any thread may call it.
/// </summary>
/// <remarks>
/// Between the check and the moment when the instance listens, a program that knows nothing of the reservations can still take the port;
/// the instance's own start fails then.
/// </remarks>
public sealed class PortAllocator
{
    private readonly PortLocks _locks;
    private readonly PortRange _range;

    /// <summary>Creates an allocator.</summary>
    /// <param name="directory">Where reservations are kept; those who are not to collide use the same one.</param>
    /// <param name="range">The ports to choose from.</param>
    /// <exception cref="PortUnavailableException">The directory cannot be created.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or not within 1 to 65535.</exception>
    public PortAllocator(string directory, PortRange range)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(range.First, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(range.Last, range.First);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range.Last, ushort.MaxValue);
        _range = range;
        _locks = new PortLocks(directory);
    }

    /// <summary>Creates the allocator of this user and this system.</summary>
    /// <exception cref="PortUnavailableException">The directory cannot be created.</exception>
    public PortAllocator()
        : this(DefaultDirectory(), PortRange.OfThisSystem())
    {
    }

    /// <summary><c>$XDG_STATE_HOME/evenkeel/ports</c>, or <c>~/.local/state/evenkeel/ports</c>; on Windows below %LOCALAPPDATA%.</summary>
    public static string DefaultDirectory()
    {
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string root = !string.IsNullOrEmpty(state) && Path.IsPathRooted(state) ? state
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".local", "state")
            : Path.Combine(Path.GetTempPath(), Environment.UserName);
        return Path.Combine(root, "evenkeel", "ports");
    }

    /// <summary>Reserves the lowest free port of the range.</summary>
    /// <exception cref="PortUnavailableException">None is free.</exception>
    public PortReservation Allocate()
    {
        int reserved = 0;
        for (int port = _range.First; port <= _range.Last; port++)
        {
            FileStream? hold = _locks.TryLock(port);
            if (hold is null)
            {
                reserved++;
                continue;
            }

            if (PortProbe.IsFree(port))
            {
                return new PortReservation(port, hold);
            }

            hold.Dispose();
        }

        int count = _range.Last - _range.First + 1;
        throw new PortUnavailableException(string.Create(
            CultureInfo.InvariantCulture,
            $"None of the ports {_range.First} to {_range.Last} is free: {reserved} are reserved by EvenKeel, on {count - reserved} others listen. ")
            + "End what is not needed, or give the ports of the instances yourself.");
    }

    /// <summary>Reserves ports that were given; all or none.</summary>
    /// <exception cref="PortUnavailableException">One of them is not a port, is given twice, is reserved, or another process listens on it.</exception>
    public IReadOnlyList<PortReservation> Reserve(IReadOnlyList<int> ports)
    {
        List<PortReservation> reservations = [];
        try
        {
            foreach (int port in ports)
            {
                if (reservations.Exists(reservation => reservation.Port == port))
                {
                    throw new PortUnavailableException($"Port {port} is given twice: each instance needs its own.");
                }

                reservations.Add(Reserve(port));
            }

            return reservations;
        }
        catch
        {
            reservations.ForEach(reservation => reservation.Dispose());
            throw;
        }
    }

    /// <summary>Reserves one port that was given.</summary>
    /// <exception cref="PortUnavailableException">It is not a port, is reserved, or another process listens on it.</exception>
    public PortReservation Reserve(int port)
    {
        if (port is < 1 or > ushort.MaxValue)
        {
            throw new PortUnavailableException($"{port} is not a port: give a number from 1 to {ushort.MaxValue}.");
        }

        FileStream hold = _locks.TryLock(port) ?? throw new PortUnavailableException(
            $"Port {port} is reserved by {_locks.HolderOf(port) ?? "another EvenKeel process"}. End that one, or choose another port.");
        if (PortProbe.IsFree(port))
        {
            return new PortReservation(port, hold);
        }

        hold.Dispose();
        throw new PortUnavailableException(port < 1024 && !OperatingSystem.IsWindows() && ListenerIsMissing(port)
            ? $"Port {port} cannot be listened on by this user: ports below 1024 are privileged. Choose a higher one."
            : $"Port {port} is used by {PortHolder.Describe(port)}. End that one, or choose another port.");
    }

    private static bool ListenerIsMissing(int port) =>
        OperatingSystem.IsLinux() && Processes.Sessions.ListeningSockets.OnAnyAddress(port).Count == 0;
}
