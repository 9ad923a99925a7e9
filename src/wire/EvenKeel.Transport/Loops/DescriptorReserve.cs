using System.Globalization;
using EvenKeel.Transport.Epoll;

namespace EvenKeel.Transport.Loops;

/// <summary>
/// The last descriptors that the process may have are left to what is no traffic: libraries that are loaded late, logs, health checks, the control
/// API. A process without any cannot even say so. The kernel gives out the lowest number that is free, so that a number tells how many are left.
/// </summary>
/// <remarks>The limit is read once; one that is changed while the process runs is not seen.</remarks>
internal sealed class DescriptorReserve
{
    private readonly long _accepting;
    private readonly long _connecting;

    /// <summary>Makes the reserve of a process.</summary>
    /// <param name="limit">How many descriptors it may have.</param>
    public DescriptorReserve(long limit)
    {
        long kept = KeptOf(limit);
        _accepting = limit - kept;

        // Whoever was accepted needs a connection to an instance: those may use half of what new clients may not.
        _connecting = limit - (kept / 2);
    }

    /// <summary>That of this process; without a limit where none can be read.</summary>
    public static DescriptorReserve OfProcess()
    {
        ulong? limit = OperatingSystem.IsLinux() ? Libc.LimitOf(LinuxValues.LimitDescriptors) : null;
        return new DescriptorReserve((long)Math.Min(limit ?? long.MaxValue, long.MaxValue));
    }

    /// <summary>How many of a limit are kept: an eighth, 64 to 512, and of a very low limit a quarter.</summary>
    public static long KeptOf(long limit) => limit < 256 ? limit / 4 : Math.Clamp(limit / 8, 64, 512);

    /// <summary>What is said when accepting pauses.</summary>
    public string Reason => string.Create(CultureInfo.InvariantCulture, $"few descriptors are left: {_accepting} of those allowed are open");

    /// <summary>True when the descriptor of an accepted connection is one after which none should be accepted.</summary>
    public bool EndsAccepting(long descriptor) => descriptor >= _accepting - 1;

    /// <summary>True when the descriptor of a connection that this side makes must be given up.</summary>
    public bool IsTooHigh(long descriptor) => descriptor >= _connecting;

    /// <summary>Whether connections may be accepted now, by opening a descriptor.</summary>
    public bool AllowsAccepting()
    {
        if (_accepting >= int.MaxValue)
        {
            return true;
        }

        int probe = Libc.EventFd(0, LinuxValues.SocketCloseOnExec);
        if (probe < 0)
        {
            return false;
        }

        _ = Libc.Close(probe);
        return probe < _accepting;
    }
}
