using EvenKeel.Configuration.Model;

namespace EvenKeel.Proof.Load;

/// <summary>
/// The intended times of an open load: request number i starts when the rate, added up over the stages, reaches i. Under a constant rate that is
/// evenly spaced; on a ramp the gaps shrink or grow with it. Nothing here depends on how the service answers.
/// </summary>
public sealed class ArrivalSchedule
{
    private readonly IReadOnlyList<Segment> _segments;

    private ArrivalSchedule(IReadOnlyList<Segment> segments) => _segments = segments;

    /// <summary>How long the load lasts.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(_segments[^1].Start + _segments[^1].Seconds);

    /// <summary>How many requests the whole load intends.</summary>
    public long Total => (long)Math.Ceiling(_segments[^1].CountAtEnd - 1e-6);

    /// <summary>A schedule of one constant rate.</summary>
    /// <param name="rate">Requests per second, above 0.</param>
    /// <param name="duration">How long.</param>
    public static ArrivalSchedule Constant(double rate, TimeSpan duration) => Of([new LoadStageOptions { Rate = rate, Duration = duration }]);

    /// <summary>Makes a schedule from stages that all have a rate.</summary>
    /// <exception cref="ArgumentException">No stage, a stage without a rate, or one without a positive duration.</exception>
    public static ArrivalSchedule Of(IReadOnlyList<LoadStageOptions> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        if (stages.Count == 0)
        {
            throw new ArgumentException("An open load needs at least one stage.", nameof(stages));
        }

        var segments = new List<Segment>();
        var start = 0.0;
        var count = 0.0;
        var reached = 0.0;
        foreach (var stage in stages)
        {
            var target = stage.Rate ?? throw new ArgumentException(
                "Every stage of an open load has a rate; this one has users. Use one model for all stages.", nameof(stages));
            if (target < 0 || !double.IsFinite(target) || stage.Duration <= TimeSpan.Zero)
            {
                throw new ArgumentException(
                    $"A stage of {stage.Duration} at {target}/s cannot be run: the duration must be above 0 and the rate finite and not negative.",
                    nameof(stages));
            }

            var from = stage.Step || segments.Count == 0 ? target : reached;
            var seconds = stage.Duration.TotalSeconds;
            segments.Add(new Segment(start, seconds, from, target, count));
            start += seconds;
            count += (from + target) / 2 * seconds;
            reached = target;
        }

        return new ArrivalSchedule(segments);
    }

    /// <summary>The intended times in order, counted from the start of the load. Each enumeration starts anew.</summary>
    public IEnumerable<TimeSpan> IntendedTimes()
    {
        var segment = 0;
        for (var number = 0L; number < Total; number++)
        {
            while (segment < _segments.Count - 1 && number >= _segments[segment].CountAtEnd - 1e-9)
            {
                segment++;
            }

            yield return TimeSpan.FromSeconds(_segments[segment].TimeOf(number));
        }
    }

    /// <summary>The planned rate at a time, in requests per second; 0 before the start and after the end.</summary>
    public double RateAt(TimeSpan at)
    {
        foreach (var segment in _segments)
        {
            if (at.TotalSeconds >= segment.Start && at.TotalSeconds < segment.Start + segment.Seconds)
            {
                return segment.From + ((segment.To - segment.From) * (at.TotalSeconds - segment.Start) / segment.Seconds);
            }
        }

        return 0;
    }

    /// <summary>A stretch in which the rate changes in a straight line.</summary>
    private sealed record Segment(double Start, double Seconds, double From, double To, double CountAtStart)
    {
        public double CountAtEnd => CountAtStart + ((From + To) / 2 * Seconds);

        /// <summary>Solves from*t + slope/2*t^2 = number - countAtStart for t, in the form that stays exact for a slope near zero.</summary>
        public double TimeOf(double number)
        {
            var wanted = number - CountAtStart;
            if (wanted <= 0)
            {
                return Start;
            }

            var slope = (To - From) / Seconds;
            var root = Math.Sqrt(Math.Max(0, (From * From) + (2 * slope * wanted)));
            return Start + Math.Min(Seconds, 2 * wanted / (From + root));
        }
    }
}
