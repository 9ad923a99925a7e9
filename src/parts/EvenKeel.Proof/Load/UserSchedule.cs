using EvenKeel.Configuration.Model;

namespace EvenKeel.Proof.Load;

/// <summary>How many virtual users a closed load has at each time. Each user has one request at a time and sends the next when it has the reply.</summary>
public sealed class UserSchedule
{
    private readonly IReadOnlyList<LoadStageOptions> _stages;

    /// <summary>Makes a schedule from stages that all have users.</summary>
    /// <exception cref="ArgumentException">No stage, a stage without users, or one without a positive duration.</exception>
    public UserSchedule(IReadOnlyList<LoadStageOptions> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        if (stages.Count == 0 || stages.Any(stage => stage.Users is null or < 0 || stage.Duration <= TimeSpan.Zero))
        {
            throw new ArgumentException(
                "A closed load needs at least one stage, and every stage users (0 or more) and a duration above 0. Use one model for all stages.",
                nameof(stages));
        }

        _stages = stages;
        Duration = TimeSpan.FromTicks(stages.Sum(stage => stage.Duration.Ticks));
        Largest = stages.Max(stage => stage.Users!.Value);
    }

    /// <summary>How long the load lasts.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The largest number of users at any time.</summary>
    public int Largest { get; }

    /// <summary>The number of users at a time; 0 after the end.</summary>
    public int UsersAt(TimeSpan at)
    {
        var start = TimeSpan.Zero;
        var reached = _stages[0].Users!.Value;
        for (var index = 0; index < _stages.Count; index++)
        {
            var stage = _stages[index];
            var target = stage.Users!.Value;
            if (at < start + stage.Duration)
            {
                return stage.Step || index == 0 ? target : (int)Math.Round(reached + ((target - reached) * ((at - start) / stage.Duration)));
            }

            start += stage.Duration;
            reached = target;
        }

        return 0;
    }
}
