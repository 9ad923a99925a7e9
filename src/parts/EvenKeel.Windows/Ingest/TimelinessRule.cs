using EvenKeel.Windows.Options;

namespace EvenKeel.Windows.Ingest;

/// <summary>Tells events that can be counted from those that cannot.</summary>
public static class TimelinessRule
{
    /// <summary>Judges the time of an event. Both bounds are acceptable.</summary>
    /// <param name="options">The stream.</param>
    /// <param name="time">The event's time, in UTC.</param>
    /// <param name="now">The current time, in UTC.</param>
    public static Timeliness Of(WindowOptions options, DateTime time, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(options);
        return time < now - options.MaxLateness ? Timeliness.TooLate : time > now + options.MaxAhead ? Timeliness.TooEarly : Timeliness.Acceptable;
    }
}
