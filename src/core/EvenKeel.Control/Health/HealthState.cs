namespace EvenKeel.Control.Health;

/// <summary>
/// Turns the results of checks into a status that does not flap: <c>rise</c> successes in a row bring an unhealthy endpoint back, <c>fall</c>
/// failures in a row take a healthy one out. At start one success is enough, since nothing speaks against the endpoint yet.
/// An immutable value; a result yields the next one.
/// </summary>
public readonly record struct HealthState
{
    private readonly int _rise;
    private readonly int _fall;
    private readonly int _against;

    /// <summary>The state before the first check.</summary>
    /// <param name="rise">Successes in a row that bring it back, at least 1.</param>
    /// <param name="fall">Failures in a row that take it out, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public HealthState(int rise, int fall)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rise, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fall, 1);
        _rise = rise;
        _fall = fall;
    }

    private HealthState(HealthState before, HealthStatus status, int against)
    {
        _rise = before._rise;
        _fall = before._fall;
        Status = status;
        _against = against;
    }

    /// <summary>The status.</summary>
    public HealthStatus Status { get; }

    /// <summary>Results in a row that speak against the status: failures of a healthy endpoint, successes of an unhealthy one.</summary>
    public int Against => _against;

    /// <summary>True when the next results may change the status: it has not had a success yet, or something speaks against it.</summary>
    public bool IsChanging => Status == HealthStatus.Starting || _against > 0;

    /// <summary>Time until the next check: the shorter one while the status may change.</summary>
    public TimeSpan IntervalAfter(TimeSpan normal, TimeSpan changing) => IsChanging && changing < normal ? changing : normal;

    /// <summary>The state after one more check.</summary>
    public HealthState Next(bool succeeded) => (Status, succeeded) switch
    {
        (HealthStatus.Starting, true) => new HealthState(this, HealthStatus.Healthy, 0),
        (HealthStatus.Starting, false) => this,
        (HealthStatus.Healthy, true) or (HealthStatus.Unhealthy, false) => new HealthState(this, Status, 0),
        (HealthStatus.Healthy, false) => Count(_fall, HealthStatus.Unhealthy),
        _ => Count(_rise, HealthStatus.Healthy),
    };

    private HealthState Count(int limit, HealthStatus other)
        => _against + 1 >= limit ? new HealthState(this, other, 0) : new HealthState(this, Status, _against + 1);
}
