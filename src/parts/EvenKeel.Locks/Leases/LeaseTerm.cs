namespace EvenKeel.Locks.Leases;

/// <summary>
/// When a lease is over, as its holder has to see it: counted from before the request was sent, since the server counts from later, and less
/// the drift of the clocks and a margin for a timer that is late. CLOCK_MONOTONIC stands still while a machine is suspended; only the fence holds against that.
/// </summary>
/// <param name="Asked">Timestamp from before the request.</param>
/// <param name="Lease">The length that was asked for.</param>
/// <param name="ClockDrift">The part of it that is not trusted.</param>
internal readonly record struct LeaseTerm(long Asked, TimeSpan Lease, double ClockDrift)
{
    private static readonly TimeSpan LateTimer = TimeSpan.FromMilliseconds(20);

    /// <summary>What is left; negative when it is over.</summary>
    public TimeSpan Left(TimeProvider time) => (Lease * (1 - ClockDrift)) - LateTimer - time.GetElapsedTime(Asked);

    /// <summary>What is left until a third of it is gone.</summary>
    public TimeSpan UntilRenewal(TimeProvider time) => (Lease / 3) - time.GetElapsedTime(Asked);
}
