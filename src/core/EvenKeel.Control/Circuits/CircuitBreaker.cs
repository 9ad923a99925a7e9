using EvenKeel.Control.Windows;

namespace EvenKeel.Control.Circuits;

/// <summary>
/// A circuit breaker: 1. closed, until enough of the requests of a window have failed; 2. open for a time, in which nothing passes; 3. half-open,
/// in which a few probes pass: when all of them succeed it closes and has forgotten everything, and the first that fails opens it again.
/// Requests that began before it opened and end later count for nothing. Time is an argument, never less than before. Not thread-safe.
/// </summary>
public sealed class CircuitBreaker(CircuitRules rules)
{
    private readonly SlidingWindow _window = new(rules.Window);
    private TimeSpan _until;
    private int _round;
    private int _claimed;
    private int _succeeded;
    private bool _isOpen;

    /// <summary>True while everything passes.</summary>
    public bool IsClosed => !_isOpen;

    /// <summary>How often it has opened.</summary>
    public int Opened { get; private set; }

    /// <summary>The phase at a moment.</summary>
    public CircuitPhase PhaseAt(TimeSpan now) => !_isOpen ? CircuitPhase.Closed : now < _until ? CircuitPhase.Open : CircuitPhase.HalfOpen;

    /// <summary>How long until a probe may pass; zero when it is not open.</summary>
    public TimeSpan OpenFor(TimeSpan now) => _isOpen && now < _until ? _until - now : TimeSpan.Zero;

    /// <summary>Asks for a request to pass.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="probe">Not zero when the request is a probe: <see cref="EndProbe"/> must follow with this number.</param>
    /// <returns>False when the request must be refused.</returns>
    public bool TryPass(TimeSpan now, out int probe)
    {
        probe = 0;
        switch (PhaseAt(now))
        {
            case CircuitPhase.Closed:
                return true;
            case CircuitPhase.HalfOpen when _claimed + _succeeded < rules.Probes:
                _claimed++;
                probe = _round;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Counts requests that were no probes and have ended.</summary>
    /// <returns>True when it opens by them.</returns>
    public bool Count(TimeSpan now, long succeeded, long failed)
    {
        if (_isOpen)
        {
            return false;
        }

        _window.Add(now, succeeded, failed);
        long all = _window.First + _window.Second;
        if (failed == 0 || all < rules.Volume || _window.Second * 100 < all * rules.Ratio)
        {
            return false;
        }

        OpenAt(now);
        return true;
    }

    /// <summary>A probe has ended. One of an earlier round counts for nothing.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="probe">Its number.</param>
    /// <param name="succeeded">What it says; null for nothing, as when its client hung up: another takes its place.</param>
    public void EndProbe(TimeSpan now, int probe, bool? succeeded)
    {
        if (!_isOpen || probe != _round)
        {
            return;
        }

        _claimed--;
        if (succeeded == false)
        {
            OpenAt(now);
        }
        else if (succeeded == true && ++_succeeded >= rules.Probes)
        {
            _isOpen = false;
            _window.Clear();
        }
    }

    private void OpenAt(TimeSpan now)
    {
        _isOpen = true;
        _until = now + rules.Open;
        _round++;
        _claimed = _succeeded = 0;
        Opened++;
    }
}
