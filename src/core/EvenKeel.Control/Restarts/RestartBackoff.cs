namespace EvenKeel.Control.Restarts;

/// <summary>
/// Decides how long to wait before a process that ended is started again. The first restart is immediate, so that one crash costs
/// nothing; then the wait doubles from <see cref="RestartPolicy.First"/> to <see cref="RestartPolicy.Max"/>, drawn from the upper half
/// of itself so that instances that fell together do not return together. Enough ready time forgives everything.
/// </summary>
/// <remarks>Times are points on one monotonic clock of the caller, in the order of the calls. Not thread-safe.</remarks>
public sealed class RestartBackoff
{
    private readonly RestartPolicy _policy;
    private readonly Random _random;
    private readonly Queue<TimeSpan> _ends = new(RestartPolicy.CrashLimit);
    private TimeSpan? _readySince;
    private TimeSpan _readyTime;
    private TimeSpan _lastWait;
    private int _endsInARow;
    private bool _failed;

    /// <summary>Makes a back-off that has seen no end.</summary>
    /// <param name="policy">The times.</param>
    /// <param name="random">The source of the jitter; a seeded one makes the waits reproducible.</param>
    /// <exception cref="ArgumentException">A time is negative, or the cap is below the first wait.</exception>
    public RestartBackoff(RestartPolicy policy, Random random)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(random);
        if (policy.Delay < TimeSpan.Zero || policy.First < TimeSpan.Zero || policy.Max < policy.First)
        {
            throw new ArgumentException(
                $"A back-off needs delay >= 0 and 0 <= first <= max; it got delay {policy.Delay}, first {policy.First}, max {policy.Max}.",
                nameof(policy));
        }

        _policy = policy;
        _random = random;
    }

    /// <summary>The process became ready. Repeated calls count once.</summary>
    public void BecameReady(TimeSpan now) => _readySince ??= now;

    /// <summary>The process is no longer ready, but still runs: the time that it was ready counts, the time from here does not.</summary>
    public void BecameUnready(TimeSpan now)
    {
        if (_readySince is { } since)
        {
            _readyTime += now - since;
            _readySince = null;
        }
    }

    /// <summary>The process ended, or could not be started at all.</summary>
    public RestartDecision Ended(TimeSpan now)
    {
        BecameUnready(now);
        if (_readyTime >= ReadyTimeThatForgives)
        {
            Forgive();
        }

        _readyTime = TimeSpan.Zero;
        _endsInARow++;
        _failed |= ClosesCrashLoop(now);
        _lastWait = Draw();
        return new RestartDecision(_policy.Delay + _lastWait, _endsInARow, _failed);
    }

    /// <summary>Forgets all ends, as when a person asks for a restart.</summary>
    public void Forgive()
    {
        _ends.Clear();
        _endsInARow = 0;
        _failed = false;
        _lastWait = TimeSpan.Zero;
    }

    private TimeSpan ReadyTimeThatForgives =>
        _lastWait * 2 > RestartPolicy.ShortestReset ? _lastWait * 2 : RestartPolicy.ShortestReset;

    private bool ClosesCrashLoop(TimeSpan now)
    {
        if (_ends.Count == RestartPolicy.CrashLimit)
        {
            _ends.Dequeue();
        }

        _ends.Enqueue(now);
        return _ends.Count == RestartPolicy.CrashLimit && now - _ends.Peek() <= RestartPolicy.CrashWindow;
    }

    private TimeSpan Draw()
    {
        if (_endsInARow == 1)
        {
            return TimeSpan.Zero;
        }

        // 2^30 times any first wait of a tick or more passes every sensible cap, and stays finite.
        var doubled = _policy.First.Ticks * Math.Pow(2, Math.Min(_endsInARow - 2, 30));
        var longest = _failed ? _policy.Max.Ticks : Math.Min(doubled, _policy.Max.Ticks);
        return TimeSpan.FromTicks((long)(longest * (0.5 + (_random.NextDouble() / 2))));
    }
}
