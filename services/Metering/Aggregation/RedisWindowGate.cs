using System.Collections.Concurrent;
using EvenKeel.Locks;
using EvenKeel.Locks.Errors;
using EvenKeel.Windows;
using EvenKeel.Windows.Closing;
using Metering.Hosting;
using Metering.Metrics;

namespace Metering.Aggregation;

/// <summary>
/// The lock <c>aggregation:lock:{tenant}:{customer}:{windowStart}</c> on Redis. Who does not get it skips the window and counts that; the next
/// turn finds it closed. A window that has been skipped for as long as the wait is closed without the lock, since its holder may be dead: the
/// fence keeps the result right. So is every window while Redis does not answer.
/// </summary>
internal sealed class RedisWindowGate(
    ILockProvider locks, TimeSpan wait, TimeSpan lease, MeteringMetrics metrics, TimeProvider time, ILogger logger) : IWindowGate
{
    private const int MostRemembered = 100_000;
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<WindowKey, long> _skipped = new();
    private readonly LockOptions _options = new() { Wait = TimeSpan.Zero, Lease = lease };
    private long _failedAt;
    private int _isSilent;

    /// <summary>True when Redis answered the last question.</summary>
    public bool IsAnswering => Volatile.Read(ref _isSilent) == 0;

    public async ValueTask<IAsyncDisposable?> TryEnterAsync(WindowKey window, CancellationToken cancellationToken)
    {
        if (!IsAnswering && time.GetElapsedTime(Volatile.Read(ref _failedAt)) < Recovery)
        {
            return OpenPass.Instance;
        }

        long start = time.GetTimestamp();
        try
        {
            LockHandle? handle = await locks.TryAcquireAsync(NameOf(window), _options, cancellationToken);
            metrics.LockAsked(time.GetElapsedTime(start), handle is not null);
            Volatile.Write(ref _isSilent, 0);
            if (handle is null && !IsOverdue(window, start))
            {
                return null;
            }

            _skipped.TryRemove(window, out _);
            return handle is null ? OpenPass.Instance : handle;
        }
        catch (LockUnavailableException error)
        {
            // The windows of a turn are asked for together and fail together: one line for all.
            Volatile.Write(ref _failedAt, time.GetTimestamp());
            if (Interlocked.Exchange(ref _isSilent, 1) == 0)
            {
                MeteringLog.GateOpen(logger, error.Message);
            }

            metrics.LockUnavailable();
            return OpenPass.Instance;
        }
    }

    /// <summary>The name of the lock behind <c>aggregation:lock:</c>; the start is in seconds since 1970.</summary>
    private static string NameOf(WindowKey window) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{window.Partition}:{(window.Start - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond}");

    private bool IsOverdue(WindowKey window, long now)
    {
        // What was closed by others meanwhile is never asked for again and stays here: now and then all of it is forgotten.
        if (_skipped.Count >= MostRemembered)
        {
            _skipped.Clear();
        }

        return time.GetElapsedTime(_skipped.GetOrAdd(window, now), now) >= wait;
    }
}
