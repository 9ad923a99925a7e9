using EvenKeel.Transport.Loops;
using Microsoft.Extensions.Logging;

namespace EvenKeel.Gateway.Loops;

/// <summary>
/// Logs and counts what hinders event loops: callbacks that kept one for too long, handlers that threw, and accepting that was paused because
/// no descriptors are left. A pause repeats itself many times a second until descriptors are free, and is logged once in
/// <see cref="LogInterval"/>. Loops of several groups may call it.
/// </summary>
/// <param name="logger">Where to log.</param>
/// <param name="time">The clock.</param>
public sealed class LoopWatch(ILogger logger, TimeProvider time) : ILoopObserver
{
    /// <summary>The time between two lines about paused accepting.</summary>
    public static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(5);

    private long _blocked;
    private long _blockedTicks;
    private long _failed;
    private long _paused;
    private long _pauseLogged;

    /// <summary>Callbacks that took too long.</summary>
    public long Blocked => Volatile.Read(ref _blocked);

    /// <summary>The longest of them.</summary>
    public TimeSpan LongestBlock => new(Volatile.Read(ref _blockedTicks));

    /// <summary>Callbacks that threw.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>Times that accepting was paused.</summary>
    public long AcceptPauses => Volatile.Read(ref _paused);

    /// <inheritdoc/>
    public void OnHandlerFailed(EventLoop loop, Exception error)
    {
        ArgumentNullException.ThrowIfNull(loop);
        Interlocked.Increment(ref _failed);
        LoopLog.HandlerFailed(logger, loop.Index, error);
    }

    /// <inheritdoc/>
    public void OnBlocked(EventLoop loop, TimeSpan elapsed, string callback)
    {
        ArgumentNullException.ThrowIfNull(loop);
        Interlocked.Increment(ref _blocked);
        for (var longest = Volatile.Read(ref _blockedTicks); elapsed.Ticks > longest;)
        {
            longest = Interlocked.CompareExchange(ref _blockedTicks, elapsed.Ticks, longest);
        }

        LoopLog.Blocked(logger, loop.Index, elapsed.TotalMilliseconds, callback);
    }

    /// <inheritdoc/>
    public void OnAcceptPaused(EventLoop loop, TimeSpan pause, string reason)
    {
        ArgumentNullException.ThrowIfNull(loop);
        Interlocked.Increment(ref _paused);
        var now = time.GetTimestamp();
        var before = Volatile.Read(ref _pauseLogged);
        if ((before == 0 || time.GetElapsedTime(before, now) >= LogInterval) && Interlocked.CompareExchange(ref _pauseLogged, now, before) == before)
        {
            LoopLog.AcceptPaused(logger, loop.Index, reason);
        }
    }
}
