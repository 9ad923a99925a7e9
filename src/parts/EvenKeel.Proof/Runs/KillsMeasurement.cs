using EvenKeel.Consistency.Checks;

namespace EvenKeel.Proof.Runs;

/// <summary>What so many kills at the same moment did.</summary>
/// <param name="Kills">How many.</param>
/// <param name="Instances">Of how many.</param>
/// <param name="Downtime">The downtime measured, all windows together, not scaled; null when it could not be measured.</param>
/// <param name="Resolution">How exact that is, either way.</param>
/// <param name="Replacement">From the kill until every target was ready again, not scaled; null when that was not seen.</param>
public sealed record KillsMeasurement(int Kills, int Instances, TimeSpan? Downtime, TimeSpan Resolution, TimeSpan? Replacement)
{
    /// <summary>True when no window without service was seen.</summary>
    public bool Survived => Downtime == TimeSpan.Zero;

    internal static KillsMeasurement Of(ScenarioResult scenario)
    {
        var fault = scenario.Faults.Count == 1 && scenario.Faults[0].Confirmed ? scenario.Faults[0] : null;
        DowntimeResult? measured = fault is null || scenario.Interruption is not null || scenario.ControlFailure is not null ? null : scenario.Downtime;
        return new KillsMeasurement(scenario.SimultaneousKills, scenario.Instances.Count, measured?.Total, measured?.Resolution ?? TimeSpan.Zero,
            fault?.RecoveredAt - fault?.ConfirmedAt);
    }

    /// <summary>The largest number of kills up to which every measured number was survived; null when something in between could not be measured.</summary>
    internal static int? SurvivedUpTo(IReadOnlyList<KillsMeasurement> measurements)
    {
        var survived = 0;
        foreach (var measurement in measurements)
        {
            if (measurement.Downtime is null)
            {
                return null;
            }

            if (!measurement.Survived)
            {
                break;
            }

            survived = measurement.Kills;
        }

        return survived;
    }
}
